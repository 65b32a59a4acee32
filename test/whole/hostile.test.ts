import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readExercise } from '../../src/course/course.ts';
import { kitRoot } from '../../src/course/places.ts';
import { chooseDevice } from '../../src/device/probe.ts';
import { makePlan } from '../../src/run/plan.ts';
import { Grader } from '../../src/grade/grade.ts';
import type { Cause } from '../../src/result/causes.ts';
import type { ExerciseResult } from '../../src/result/result.ts';

// One way to misbehave each, in one check alone: nine steps are asked of the sequential pass only by the check `sequential`.
const exercise = readExercise(join(kitRoot, 'exercises/15-associative-scan'));
const solution = readFileSync(join(kitRoot, 'solutions/15-associative-scan/associative-scan.ts'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'unroll-hostile-'));
let grader: Grader;

beforeAll(async () => {
  grader = new Grader();
});
afterAll(async () => {
  await grader.close();
  rmSync(folder, { recursive: true });
});

/** Grades the solution, spoiled by a statement that runs where T = 9. */
async function gradeSpoiled(name: string, statement: string): Promise<ExerciseResult> {
  const spoiled = solution
    .replace('export function linearRecurrenceSequential', 'function honest')
    .concat(
      `export function linearRecurrenceSequential(input: LinearRecurrenceInput): any { if (input.a.shape[1] === 9) { ${statement} } return honest(input); }\n`,
    );
  return gradeText(name, spoiled);
}

async function gradeText(name: string, text: string): Promise<ExerciseResult> {
  const home = join(folder, name, exercise.id);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'associative-scan.ts'), text);
  const plan = makePlan({
    exercises: [exercise],
    device: await chooseDevice(),
    seed: 'hostile',
    races: false,
    limits: { requestMs: 5000 /* ms: filling a gibibyte takes 0.5 s alone and longer beside others */, memoryBytes: 2 ** 30 },
  });
  const result = await grader.grade(join(folder, name), plan);
  return result.exercises[0] as ExerciseResult;
}

/** This judge's boxes that still run, and folders that they left. */
function leftBehind(): string[] {
  const mine = `unroll-box-${process.pid}-`;
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(mine));
  return [...processes, ...readdirSync(tmpdir()).filter((name) => name.startsWith(mine))];
}

const misdeeds: readonly [string, Cause, string][] = [
  ['an endless loop', 'timeout', 'for (;;);'],
  ['a promise that never settles', 'timeout', 'return new Promise(() => undefined);'],
  ['process.exit(0)', 'exited', 'process.exit(0);'],
  ['a signal to itself', 'exited', "process.kill(process.pid, 'SIGKILL');"],
  ['a thrown string', 'threw', "throw 'no';"],
  ['a thrown object that throws when shown', 'threw', 'throw { toString() { throw 1; } };'],
  ['a 4 GB typed array', 'memory', 'return { h: new Float32Array(1e9) };'],
  [
    'a 4 GB typed array, filled and hidden from errors',
    'memory',
    'const kept = []; for (;;) try { kept.push(new Float32Array(1e7).fill(1)); } catch {}',
  ],
  ['a flood of the console', 'output', "for (;;) console.log('x'.repeat(10000));"],
  ['a wrong shape', 'wrong-shape', 'return { h: tf.zeros([2, 9]) };'],
  ['another name', 'wrong-shape', 'return { state: honest(input).h };'],
  ['NaN', 'not-finite', 'return { h: tf.fill(input.a.shape, NaN) };'],
  ['infinity', 'not-finite', 'return { h: tf.fill(input.a.shape, Infinity) };'],
  ['a number in the place of numbers', 'wrong-shape', 'return { h: 1 };'],
  ['text', 'bad-answer', "return 'all right';"],
  ['nothing', 'bad-answer', 'return;'],
  [
    'a matcher that agrees with everything',
    'bad-answer',
    "return { $$typeof: Symbol.for('jest.asymmetricMatcher'), asymmetricMatch: () => true };",
  ],
  ['a disposed tensor', 'bad-answer', 'const h = tf.zeros([2, 9, 3]); h.dispose(); return { h };'],
  ['a disposed input', 'broken-rule', 'const answer = honest(input); input.h0.dispose(); return answer;'],
];

describe('a submission that misbehaves in one check', () => {
  test.for(misdeeds)(
    '%s is %s there, and every other check is still graded',
    { timeout: 90_000 /* ms: a time limit of 8 s, and a machine that may be busy */ },
    async ([name, cause, statement]) => {
      const { checks } = await gradeSpoiled(name.replaceAll(/\W/g, '-'), statement);
      const outcomes = Object.fromEntries(
        checks.filter(({ id }) => id !== 'race').map(({ id, outcome }) => [id, outcome.status === 'fail' ? outcome.cause : outcome.status]),
      );
      const expected = Object.fromEntries(
        Object.keys(exercise.checks)
          .filter((id) => id !== 'race')
          .map((id) => [id, id === 'sequential' ? cause : 'pass']),
      );
      expect(outcomes).toEqual(expected);
    },
  );

  test('no process and no folder is left behind', async () => {
    await gradeSpoiled('last', 'for (;;);');
    await expect.poll(leftBehind, { timeout: 5000 /* ms: the kernel clears a killed box in some milliseconds */ }).toEqual([]);
  });
});

describe('a file that cannot be used at all', () => {
  test.for([
    ['a missing export', 'missing-export', solution.replace('export function linearRecurrenceParallel', 'function other')],
    ['a file that does not compile', 'does-not-load', `${solution} export function (`],
    ['an import of what is not there', 'does-not-load', `import fs from 'node:fs'; fs.readFileSync('/etc/passwd'); ${solution}`],
    ['a throw on import', 'does-not-load', `${solution} throw new Error('on import');`],
    ['an endless loop on import', 'timeout', `${solution} for (;;);`],
  ] as const)('%s is %s for the checks that need it', async ([name, cause, text]) => {
    const { checks } = await gradeText(name.replaceAll(/\W/g, '-'), text);
    const causes = new Set(checks.flatMap(({ outcome }) => (outcome.status === 'fail' ? [outcome.cause] : [])));
    expect([...causes]).toEqual([cause]);
    expect(checks.find(({ id }) => id === 'sequential')?.outcome.status).toBe(name === 'a missing export' ? 'pass' : 'fail');
  });
});
