import { describe, expect, test } from 'vitest';

import { makeGradebook, makeResult, makeStudent } from '../../test/support/sample.ts';
import { makeVariedResult } from '../../test/support/sample-class.ts';
import type { Gradebook, Result } from '../result/result.ts';
import { isHomeOf } from '../result/home.ts';
import { Sealer } from './seal.ts';
import { Secret } from './secret.ts';
import { verifyRecords, type RecordFile } from './verify.ts';

const sealer = new Sealer(Secret.parse('a1'.repeat(32), 'a test'));
const folders = ['students/001-ada', 'students/002-bo', 'students/003-cy'] as const;
const results = folders.map((folder) => sealer.sealResult(makeVariedResult(folder.slice(13))));
const book = sealer.sealGradebook(makeGradebook(results.map((result, index) => makeStudent(result, folders[index]))));
const textOf = (record: unknown) => `${JSON.stringify(record, null, 2)}\n`;
const pathOf = (index: number) => `${folders[index]}/result.json`;
const cohort: readonly RecordFile[] = [
  { path: 'gradebook.json', text: textOf(book) },
  ...results.map((result, index) => ({ path: pathOf(index), text: textOf(result) })),
];

/** What is found once one file has another text, or none. */
function find(path: string, text: string | undefined): string[] {
  const files = cohort.filter((file) => file.path !== path);
  const changed = text === undefined ? files : [...files, { path, text }];
  return verifyRecords(changed, sealer).map(({ file, sentence }) => `${file}: ${sentence}`);
}

const won = (result: Result): Result => ({
  ...result,
  points: { ...result.points, earned: result.points.measured },
  exercises: result.exercises.map((exercise) => (exercise.id === '10-causal-attention' ? { ...exercise, state: 'passed' } : exercise)),
});

test('a cohort as it was written is whole, wherever its folder lies', () => {
  expect(verifyRecords(cohort, sealer)).toEqual([]);
  expect(
    verifyRecords(
      cohort.map(({ path, text }) => ({ path: `term/${path}`, text })),
      sealer,
    ),
  ).toEqual([]);
});

test('what was altered in a result is named by file and field', () => {
  expect(find(pathOf(0), textOf(won(results[0]!)))).toEqual([`${pathOf(0)}: points and exercise 10-causal-attention were altered`]);
  const [finding] = verifyRecords([{ path: 'result.json', text: textOf(won(results[0]!)) }], sealer);
  expect(finding).toMatchObject({ problem: 'altered', fields: ['points', 'exercise 10-causal-attention'] });
});

test('what was altered in a gradebook is named by student and field', () => {
  const change = (row: (student: Gradebook['students'][number]) => unknown) =>
    find('gradebook.json', textOf({ ...book, students: [row(book.students[0]!), ...book.students.slice(1)] }));
  const graded = book.students[0]!.outcome as Extract<Gradebook['students'][number]['outcome'], { status: 'graded' }>;
  expect(change((student) => ({ ...student, outcome: { ...graded, points: { ...graded.points, earned: 39 } } }))).toEqual([
    'gradebook.json: student students/001-ada was altered',
  ]);
  expect(change((student) => ({ ...student, outcome: { ...graded, result: won(graded.result) } }))).toEqual([
    'gradebook.json: in the result of student students/001-ada points and exercise 10-causal-attention were altered',
  ]);
  expect(change((student) => ({ ...student, outcome: { ...graded, result: results[1] } }))).toEqual([
    'gradebook.json: student students/001-ada was altered',
    'students/001-ada/result.json: is not the result that gradebook.json has of it',
  ]);
});

test('a student who was removed from the gradebook is named, and so is the result that is left', () => {
  expect(find('gradebook.json', textOf({ ...book, students: book.students.slice(1) }))).toEqual([
    'gradebook.json: students was altered; student students/001-ada was removed',
    'students/001-ada/result.json: is in no row of gradebook.json',
  ]);
});

test('results that were swapped between folders are named with the folder they belong to', () => {
  const swapped = cohort.map(({ path, text }) => ({ path: path === pathOf(0) ? pathOf(1) : path === pathOf(1) ? pathOf(0) : path, text }));
  expect(verifyRecords(swapped, sealer).map(({ file, problem, sentence }) => [file, problem, sentence])).toEqual([
    [pathOf(0), 'swapped', 'is the result of students/002-bo'],
    [pathOf(1), 'swapped', 'is the result of students/001-ada'],
  ]);
});

test('a result that was taken away, copied, or comes from another run is named', () => {
  expect(find(pathOf(2), undefined)).toEqual([`${pathOf(2)}: is missing; gradebook.json has a result of it`]);
  expect(find('students/004-di/result.json', textOf(results[0]))).toEqual(['students/004-di/result.json: is in no row of gradebook.json']);
  const regraded = sealer.sealResult(makeVariedResult('ada'));
  expect(find(pathOf(0), textOf(regraded))).toEqual([`${pathOf(0)}: is not the result that gradebook.json has of it`]);
});

describe('without its gradebook', () => {
  const missing = [
    'gradebook.json',
    'missing',
    'is missing beside students/: without it a result that was taken away or put in the place of another is not always found',
  ];
  const alone = cohort.filter(({ path }) => path !== 'gradebook.json');
  const found = (files: readonly RecordFile[]) =>
    verifyRecords(files, sealer).map(({ file, problem, sentence }) => [file, problem, sentence]);

  test('a cohort is not whole, wherever its folder lies', () => {
    expect(found(alone)).toEqual([missing]);
    expect(found(alone.map(({ path, text }) => ({ path: `term/${path}`, text })))).toMatchObject([
      ['term/gradebook.json', 'missing', expect.stringContaining('beside term/students/')],
    ]);
  });

  test('a result that was copied over another is named in both places, and in the one that is not its student’s', () => {
    const [first, second] = [pathOf(0), pathOf(1)];
    expect(found(alone.map(({ path, text }) => ({ path, text: path === second ? textOf(results[0]) : text })))).toEqual([
      missing,
      [first, 'copied', `is the same result as ${second}, and one of them is a copy`],
      [second, 'copied', `is the same result as ${first}, and one of them is a copy`],
      [second, 'misnamed', 'is the result of "ada", which is not the student of this folder'],
    ]);
  });

  test('results that were swapped are named', () => {
    const swapped = alone.map(({ path, text }, index) => ({ path, text: index > 1 ? text : textOf(results[1 - index]) }));
    expect(found(swapped).slice(1)).toMatchObject([
      [pathOf(0), 'misnamed', expect.stringContaining('"bo"')],
      [pathOf(1), 'misnamed', expect.stringContaining('"ada"')],
    ]);
  });

  test('single results in folders of any name are whole, and a copy of one is named', () => {
    const single = [0, 1].map((index) => ({ path: `of-${index}/result.json`, text: textOf(results[index]) }));
    expect(found(single)).toEqual([]);
    const again = { path: 'z/result.json', text: textOf(results[0]) };
    expect(found([...single, again]).map(([file, problem]) => [file, problem])).toEqual([
      ['of-0/result.json', 'copied'],
      ['z/result.json', 'copied'],
    ]);
  });
});

test.for([
  ['001-ada-lovelace', 'Ada Lovelace', true],
  ['1000', '李', true],
  ['001-ada', 'Bo', false],
  ['001', 'Bo', false],
  ['Ada', 'Ada', true],
  ['Ada', 'Bo', false],
  ['001x', '001', false],
] as const)('the folder %s can be that of %s: %s', ([folder, name, can]) => {
  expect(isHomeOf(folder, name)).toBe(can);
});

test('two cohorts side by side do not disturb each other', () => {
  const both = ['autumn', 'spring'].flatMap((term) => cohort.map(({ path, text }) => ({ path: `${term}/${path}`, text })));
  expect(verifyRecords(both, sealer)).toEqual([]);
});

test('a result without a seal, or of another secret, is named', () => {
  expect(find(pathOf(0), textOf(makeVariedResult('ada')))[0]).toBe(`${pathOf(0)}: has no seal`);
  const other = new Sealer(Secret.parse('a2'.repeat(32), 'a test'));
  expect(find(pathOf(0), textOf(other.sealResult(makeVariedResult('ada'))))[0]).toBe(`${pathOf(0)}: was sealed under another secret`);
});

test('an old result has no seal, and nothing is upgraded on the way', () => {
  const old = { ...makeResult('ada', []), schema: 'unroll/result/v1' };
  expect(verifyRecords([{ path: 'result.json', text: textOf(old) }], sealer)).toMatchObject([{ problem: 'unsealed' }]);
  const changed = { ...results[0], schema: 'unroll/result/v1' };
  expect(verifyRecords([{ path: 'result.json', text: textOf(changed) }], sealer)).toMatchObject([{ fields: ['schema'] }]);
});

describe('what is no result is named, and ends nothing', () => {
  test.for([
    ['nothing', '', 'it is not JSON'],
    ['half of one', textOf(results[0]).slice(0, 999), 'it is not JSON'],
    ['null', 'null', 'its schema is not unroll/result'],
    ['a list', '[]', 'its schema is not unroll/result'],
    ['something else', '{"schema":"unroll/gradebook/v2"}', 'its schema is not unroll/result'],
    ['a schema that is a number', '{"schema":2}', 'its schema is not unroll/result'],
  ])('%s', ([, text, why]) => {
    expect(verifyRecords([{ path: 'a/result.json', text: text! }], sealer)).toEqual([
      { file: 'a/result.json', problem: 'no-result', fields: [], sentence: `is no result: ${why}` },
    ]);
  });

  test.for([
    ['brackets a hundred thousand deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a student whose folder is an object', '[{"folder":{"toString":1},"outcome":{"status":"graded","result":{"seal":{"id":{}}}}}]'],
    ['a student whose folder climbs', '[{"folder":"../../..","outcome":{"status":"graded","result":{}}}]'],
    ['students that are none', '[1,null,[],"x",{"outcome":{"result":1}}]'],
    ['students that are no list', '{"length":1e9}'],
  ])('a gradebook with %s', ([, students]) => {
    const text = JSON.stringify(book).replace(/"students":.*,"seal"/, () => `"students":${students},"seal"`);
    expect(text).toContain(students);
    const found = verifyRecords([{ path: 'gradebook.json', text }], sealer).find(
      ({ file, problem }) => file === 'gradebook.json' && problem === 'altered',
    );
    expect(found).toMatchObject({ fields: expect.arrayContaining(['students']) });
  });
});

describe('a text that says more than what is read of it is altered', () => {
  const text = textOf(results[0]);
  test.for([
    ['a key that stands twice, the false one first', text.replace('{', '{"points":{"earned":39,"measured":39,"possible":47},')],
    ['a key that stands twice further in', text.replace('"earned":', '"earned": 39, "earned":')],
    ['a letter written in another way', text.replace('Ada', '\\u0041da').replace('ada', '\\u0061da')],
  ])('%s', ([, changed]) => {
    expect(changed).not.toBe(text);
    expect(verifyRecords([{ path: 'result.json', text: changed! }], sealer)).toMatchObject([{ problem: 'altered', fields: ['text'] }]);
  });

  test('blanks alone say nothing', () => {
    expect(verifyRecords([{ path: 'result.json', text: JSON.stringify(results[0], null, '\t ') }], sealer)).toEqual([]);
  });
});
