import { expect, test } from 'vitest';
import { cohortView } from './cohort.ts';
import {
  makeAbsent,
  makeCheck,
  makeExercise,
  makeGradebook,
  makeResult,
  makeStudent,
  type SampleStudent,
} from '../../../test/support/sample.ts';
import { makeClass } from '../../../test/support/sample-class.ts';
import { makeSafe } from '../text/safe-text.ts';
import type { Gradebook } from '../../result/result.ts';

const viewOf = (gradebook: Gradebook) => cohortView(makeSafe(gradebook));

function member(name: string, won: number, misconception?: string): SampleStudent {
  const lost = makeCheck('b', 'B', 10 - won, {
    status: 'fail',
    cause: 'wrong-value',
    message: 'no',
    ...(misconception ? { misconception } : {}),
  });
  return makeStudent(makeResult(name, [makeExercise('10-x', 'X', 'U', [makeCheck('a', 'A', won), ...(won < 10 ? [lost] : [])])]));
}

test('median, quartiles and facility are of shares of measured points', () => {
  const view = viewOf(makeGradebook([member('a', 2), member('b', 4), member('c', 10), member('d', 8)]));
  expect([view.students, view.graded, view.median, view.quartiles]).toEqual(['4 students', '4', '60 %', '35 % to 85 %']);
  expect(view.exercises[0]).toMatchObject({
    short: '10',
    possible: '10',
    facility: '60 %',
    handedIn: '4',
    passed: '1',
    failed: '3',
    cause: 'wrong value (3)',
  });
});

test('those who handed nothing in are in no facility; causes and misconceptions count once a student', () => {
  const absent = makeStudent(makeResult('z', [makeAbsent('10-x', 'X', 'U', 10)]));
  const twice = makeStudent(
    makeResult('y', [
      makeExercise(
        '10-x',
        'X',
        'U',
        [1, 2, 3, 4, 5].map((id) => makeCheck(`t${id}`, 'T', 2, { status: 'fail', cause: 'timeout', message: 'slow' })),
      ),
    ]),
  );
  const view = viewOf(makeGradebook([twice, member('a', 5, 'no-mask'), member('b', 5, 'no-mask'), absent]));
  expect(view.exercises[0]).toMatchObject({
    facility: '33.3 %',
    handedIn: '3',
    absent: '1',
    cause: 'wrong value (2)',
    misconception: 'no-mask (2)',
  });
});

test('a class of nobody shows dashes and no picture', () => {
  const view = viewOf(makeGradebook([]));
  expect(view).toMatchObject({ students: '0 students', median: '–', quartiles: '–', histogramPicture: null, exercises: [], rows: [] });
});

test('a class of one has a median and no quartiles', () => {
  expect(viewOf(makeGradebook([member('a', 5)]))).toMatchObject({ median: '50 %', quartiles: '–', basis: '1 student' });
});

test('where nothing was measured there is a dash, never 0 and never NaN', () => {
  const check = makeCheck('gpu', 'G', 3, { status: 'not-measured', reason: 'no GPU' });
  const view = viewOf(makeGradebook([makeStudent(makeResult('a', [makeExercise('20-x', 'X', 'U', [check])]))]));
  expect(view).toMatchObject({
    median: '–',
    histogramPicture: null,
    setAside: [{ kind: 'not measured', students: '1 student', reasons: ['1 student: no GPU.'] }],
  });
  expect(view.exercises[0]?.facility).toBe('–');
  expect(view.rows[0]).toMatchObject({ score: '–', share: '–', setAside: '3 points', marks: [{ tone: 'set-aside', text: '✓ 0?' }] });
  expect(JSON.stringify(view)).not.toMatch(/NaN|Infinity|undefined/);
});

test('ungraded students are listed with their reason, are marked so, and are in no statistic', () => {
  const view = viewOf(makeGradebook([member('a', 5), { name: 'b', folder: 'b', outcome: { status: 'ungraded', reason: 'worker died' } }]));
  expect(view).toMatchObject({ graded: '1', basis: '1 student', ungraded: [{ name: 'b', reason: 'worker died.' }] });
  expect(view.rows[1]).toMatchObject({ href: null, score: 'ungraded', marks: [{ tone: 'ungraded', text: '!' }] });
});

test('rows are sorted as people sort names, whatever the order of the gradebook', () => {
  const students = ['s10', 's2', 'Émile', 'Zoe', 'Eva'].map((name) => member(name, 5));
  const names = viewOf(makeGradebook(students)).rows.map(({ name }) => name);
  expect(names).toEqual(['Émile', 'Eva', 's2', 's10', 'Zoe']);
  expect(viewOf(makeGradebook(students.toReversed())).rows.map(({ name }) => name)).toEqual(names);
});

test('two hundred different reasons become four and a count', () => {
  const students = Array.from({ length: 200 }, (_, index) => {
    const check = makeCheck('r', 'R', 1, { status: 'not-measured', reason: `noise ${index}` });
    return makeStudent(makeResult(`s${index}`, [makeExercise('20-x', 'X', 'U', [check])]));
  });
  expect(viewOf(makeGradebook(students)).setAside[0]?.reasons).toHaveLength(5);
});

test('every student has a mark for every exercise of the class', () => {
  const view = viewOf(makeClass(12));
  for (const row of view.rows) expect(row.marks).toHaveLength(view.exercises.length);
});
