/**
 * What each room of src/ may import besides itself and the leaves errors.ts, files.ts and version.ts. A room stands below those that it
 * imports, so the list has no circle; ARCHITECTURE.md draws it. Tests may reach further.
 */
const rooms = {
  result: [],
  wire: ['result'],
  course: ['result'],
  terminal: [],
  device: ['terminal', 'result'],
  setup: ['terminal', 'device', 'result'],
  compile: ['wire', 'result'],
  driver: ['compile', 'wire', 'device', 'result'],
  box: ['compile', 'wire', 'device', 'result'],
  check: ['wire', 'course', 'result'],
  race: ['check', 'wire', 'course', 'result'],
  run: ['race', 'check', 'box', 'driver', 'compile', 'wire', 'device', 'course', 'terminal', 'result'],
  seal: ['result'],
  intake: ['box', 'compile', 'wire', 'course', 'result'],
  judge: ['run'],
  store: ['run', 'box', 'compile', 'course', 'result'],
  grade: ['store', 'judge', 'run', 'intake', 'box', 'seal', 'compile', 'course', 'result'],
  queue: ['grade', 'store', 'judge', 'run', 'box', 'seal', 'compile', 'course', 'result'],
  lesson: ['course', 'result'],
  author: ['lesson', 'run', 'race', 'check', 'box', 'driver', 'compile', 'wire', 'device', 'course', 'terminal', 'result'],
  cohort: ['grade', 'intake', 'box', 'course', 'result'],
  report: ['terminal', 'result'],
  learn: ['report', 'run', 'compile', 'device', 'course', 'terminal', 'result'],
  audit: ['cohort', 'grade', 'intake', 'report', 'run', 'box', 'device', 'course', 'terminal', 'result'],
  package: ['course'],
  cli: [
    'audit',
    'author',
    'box',
    'cohort',
    'course',
    'device',
    'grade',
    'intake',
    'judge',
    'learn',
    'lesson',
    'package',
    'queue',
    'race',
    'report',
    'result',
    'run',
    'seal',
    'setup',
    'store',
    'terminal',
  ],
};

const tests = ['**/*.test.ts'];
const onlyRun = { name: 'vitest', message: 'vitest lives in src/run/ and in tests, nowhere else.' };
const vitest = [onlyRun, { ...onlyRun, name: 'vitest/node' }];
const restrict = (group, message, paths = vitest) => ({ 'no-restricted-imports': ['error', { paths, patterns: [{ group, message }] }] });

/** The border of one room: every other room is forbidden that its row does not name, and so are tests, benches and the exercises' face. */
function border([room, allowed]) {
  const forbidden = Object.keys(rooms).filter((other) => other !== room && !allowed.includes(other));
  const leaves = room === 'wire' || room === 'result' ? ['../errors.ts', '../files.ts', '../version.ts'] : []; // what both sides share stands alone
  const group = [
    ...forbidden.flatMap((other) => [`../${other}/**`, `**/../${other}/**`]),
    ...leaves,
    '**/authoring.ts',
    '**/test/**',
    '**/bench/**',
  ];
  const message = `src/${room}/ may import ${allowed.join(', ') || 'no other room'}: see oxlint.config.js.`;
  return { files: [`src/${room}/**`], excludeFiles: tests, rules: restrict(group, message, room === 'run' ? [] : vitest) };
}

const seeded = {
  object: 'Math',
  property: 'random',
  message: "Draw from the kit's seeded generator, so that every run can be repeated.",
};

export default {
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  rules: {
    'import/no-cycle': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-unsafe-type-assertion': 'off',
    'no-await-in-loop': 'off',
    'typescript/consistent-return': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-useless-spread': 'off',
    'unicorn/require-post-message-target-origin': 'off', // messages between threads have no origin
    'no-control-regex': 'off',
    'vitest/require-to-throw-message': 'off',
    'no-shadow': 'off',
    'no-underscore-dangle': 'off',
    'import/no-unassigned-import': 'off',
    'oxc/no-map-spread': 'off',
    'no-restricted-properties': ['error', seeded],
  },
  overrides: [
    ...Object.entries(rooms).map(border),
    { files: ['src/{errors,files,version}.ts'], rules: restrict(['./*', '../*'], 'A leaf imports nothing of ours.') },
    { files: ['src/authoring.ts'], rules: { 'no-restricted-imports': ['error', { paths: vitest }] } },
    {
      files: ['exercises/**/*.ts'],
      rules: restrict(['#!(authoring)', '**/src/**'], 'Tests, oracles and figures import the kit as #authoring.'),
    },
    {
      files: ['exercises/*/*.ts', 'solutions/*/*.ts'],
      excludeFiles: [...tests, '**/oracle.ts', '**/figures.ts', '**/raced-input.ts'],
      rules: restrict(['#*', '../*', './lab/**'], "A learner's file imports @tensorflow/tfjs and nothing of the kit."),
    },
    { files: tests, rules: { 'typescript/no-non-null-assertion': 'off' } },
    {
      files: ['src/!(cli)/**'],
      rules: {
        'no-restricted-properties': ['error', seeded, { object: 'process', property: 'exit', message: 'Only src/cli ends the process.' }],
      },
    },
    { files: ['src/cli/**'], rules: { 'no-console': 'error' } }, // src/cli/print.ts makes what is printed harmless
    {
      files: ['test/attacks/**'], // what attackers write
      rules: {
        'no-extend-native': 'off',
        'no-new': 'off',
        'no-unreachable': 'off',
        'typescript/no-floating-promises': 'off',
        'typescript/unbound-method': 'off',
        'unicorn/no-array-fill-with-reference-type': 'off', // it takes tf.fill for an array's
        'unicorn/no-thenable': 'off',
      },
    },
    { files: ['test/submissions/does-not-compile/**'], rules: { 'no-const-assign': 'off' } },
  ],
};
