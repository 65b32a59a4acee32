import { describe, expect, test } from 'vitest';

import { makeGradebook, makeResult, makeStudent } from '../../test/support/sample.ts';
import { makeVariedResult } from '../../test/support/sample-class.ts';
import { gradebookSchema, resultSchema, type Gradebook, type Result } from '../result/result.ts';
import type { RawRecord } from './parts.ts';
import { Sealer, type Condition, type RecordKind } from './seal.ts';
import { Secret } from './secret.ts';

const sealer = new Sealer(Secret.parse('a1'.repeat(32), 'a test'));
const other = new Sealer(Secret.parse('a2'.repeat(32), 'a test'));
const reread = (record: unknown) => JSON.parse(JSON.stringify(record)) as RawRecord & Record<string, never>;
const whole = { status: 'whole', seal: expect.anything() };

const epoch = { name: '2026-w48', commitment: 'c0'.repeat(32) };
const result = sealer.sealResult({ ...makeVariedResult(), epoch });
const book = sealer.sealGradebook(makeGradebook([makeStudent(result, 'students/001-ada'), makeStudent(result, 'students/002-bo')]));
const records: [RecordKind, RawRecord][] = [
  ['result', reread(result)],
  ['gradebook', reread(book)],
];

test('what was sealed is whole, and keeps its contract', () => {
  for (const [kind, record] of records) expect(sealer.inspect(kind, record)).toEqual(whole);
  expect(resultSchema.parse(reread(result))).toEqual(result);
  expect(gradebookSchema.parse(reread(book))).toEqual(book);
});

test('the order of keys and the blanks of the file do not matter', () => {
  const turned = Object.fromEntries(Object.entries(reread(result)).toReversed());
  expect(sealer.inspect('result', turned)).toEqual(whole);
});

test('a record is sealed anew each time, so that no part of one fits another', () => {
  const again = sealer.sealResult(result);
  expect(again.seal?.id).not.toBe(result.seal?.id);
  const { parts } = again.seal!;
  for (const [name, code] of Object.entries(result.seal!.parts)) expect(parts[name]).not.toBe(code);
});

/** Where every value of a record stands that is no list and no object. */
function leavesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...path, Array.isArray(value) ? Number(key) : key]));
}

/** The record with one value altered. */
function alter(record: RawRecord, path: readonly (string | number)[]): RawRecord {
  const copy = structuredClone(record);
  const last = path.at(-1)!;
  const at = path.slice(0, -1).reduce<Record<string | number, never>>((value, key) => value[key]!, copy as Record<string, never>);
  const before: unknown = at[last];
  Object.assign(at, { [last]: typeof before === 'number' ? before + 1 : typeof before === 'string' ? `${before} ` : 'altered' });
  return copy;
}

/** Every part that is said to be altered, added or removed; the status where there are none. */
function namesIn(condition: Condition): readonly string[] {
  return condition.status === 'altered' ? [...condition.altered, ...condition.added, ...condition.removed] : [condition.status];
}

describe('every single value that is altered is found, and the part that it stands in is named', () => {
  test('in a result', () => {
    const record = reread(result);
    const ids = result.exercises.map(({ id }) => id);
    const leaves = leavesOf(record).filter(([field]) => field !== 'seal');
    expect(leaves.length).toBeGreaterThan(300);
    for (const path of leaves) {
      const [field, index, key] = path;
      const part = `exercise ${ids[Number(index)]}`;
      const named = field !== 'exercises' ? [field] : key === 'id' ? ['exercises', `${part} `, part] : [part];
      expect(namesIn(sealer.inspect('result', alter(record, path)))).toEqual(named);
    }
  });

  test('in a seal', () => {
    const record = reread(result);
    for (const path of leavesOf(record).filter(([field]) => field === 'seal')) {
      const named = path[1] === 'secret' ? 'other-secret' : 'seal';
      expect(namesIn(sealer.inspect('result', alter(record, path)))).toContain(named);
    }
  });

  test('in a gradebook, with the results in it, which have seals of their own', () => {
    const record = reread(book);
    const leaves = leavesOf(record).filter((path) => path[0] !== 'seal' && path[4] !== 'exercises');
    for (const path of leaves) {
      const changed = alter(record, path) as unknown as Gradebook;
      const { outcome } = changed.students[Number(path[1] ?? 0)] ?? changed.students[0]!;
      const inside = path[3] === 'result';
      const found = inside
        ? sealer.inspect('result', reread((outcome as { result?: Result }).result))
        : sealer.inspect('gradebook', reread(changed));
      const row = `student ${book.students[Number(path[1])]?.folder}`;
      const named = !inside ? (path[0] === 'students' ? row : path[0]) : path[5] === 'secret' ? 'other-secret' : path[4];
      expect(namesIn(found)).toContain(named);
    }
  });

  test('the code of a row covers the seal of its result', () => {
    const swapped = sealer.sealResult(result);
    const students = book.students.map((student) => makeStudent(swapped, student.folder));
    expect(namesIn(sealer.inspect('gradebook', reread({ ...book, students })))).toEqual(students.map(({ folder }) => `student ${folder}`));
  });
});

describe('a field', () => {
  const record = reread(result);
  const fields = Object.keys(record).filter((field) => field !== 'seal');

  test.for(fields)('%s that was removed is named', (field) => {
    const { [field]: _gone, ...rest } = record;
    expect(sealer.inspect('result', rest)).toMatchObject({ status: 'altered', removed: expect.arrayContaining([field]) });
  });

  test.for(['bonus', '__proto__', 'constructor', 'toString'])('%s that was added is named', (field) => {
    const more = JSON.parse(JSON.stringify(record).replace('{', `{${JSON.stringify(field)}:1,`)) as RawRecord;
    expect(sealer.inspect('result', more)).toEqual({ status: 'altered', altered: [], added: [field], removed: [] });
  });

  test('that was moved to another name is named twice', () => {
    const { durationMs, ...rest } = record;
    expect(sealer.inspect('result', { ...rest, took: durationMs! })).toEqual({
      status: 'altered',
      altered: [],
      added: ['took'],
      removed: ['durationMs'],
    });
  });
});

describe('an exercise', () => {
  const record = reread(result);
  const exercises = record['exercises'] as unknown as Result['exercises'];
  const inspect = (changed: readonly unknown[]) => sealer.inspect('result', { ...record, exercises: changed });

  test('that was taken out, or stands twice, is named, and so is the order', () => {
    const [first, second, ...rest] = exercises;
    expect(inspect([first, ...rest])).toEqual({
      status: 'altered',
      altered: ['exercises'],
      added: [],
      removed: [`exercise ${second!.id}`],
    });
    expect(inspect([...exercises, first])).toMatchObject({ altered: ['exercises'], added: [`exercise ${first!.id} (2)`] });
    expect(inspect([second, first, ...rest])).toEqual({ status: 'altered', altered: ['exercises'], added: [], removed: [] });
  });

  test('that comes from another sealed result, with its code, is altered all the same', () => {
    const better = makeVariedResult('Grace').exercises.map((each) => ({ ...each, state: 'passed' as const }));
    const donor = sealer.sealResult({ ...makeVariedResult('Grace'), exercises: better });
    const part = `exercise ${exercises[4]!.id}`;
    const seal = { ...result.seal!, parts: { ...result.seal!.parts, [part]: donor.seal!.parts[part]! } };
    const mixed = { ...record, exercises: exercises.with(4, donor.exercises[4]!), seal };
    expect(sealer.inspect('result', reread(mixed))).toEqual({ status: 'altered', altered: [part, 'seal'], added: [], removed: [] });
  });
});

test('a code that was taken out of the seal together with its part is missed in the list of parts', () => {
  const { notes: _notes, ...parts } = result.seal!.parts;
  const { notes: _gone, ...rest } = reread(result);
  expect(sealer.inspect('result', { ...rest, seal: { ...result.seal!, parts } })).toMatchObject({ status: 'altered', altered: ['seal'] });
});

test('a record without a seal, of another secret, of the other kind, or with a seal that is none is not whole', () => {
  expect(sealer.inspect('result', reread(makeResult('ada', [])))).toEqual({ status: 'unsealed' });
  expect(other.inspect('result', reread(result))).toEqual({ status: 'other-secret' });
  expect(sealer.inspect('gradebook', reread(result))).toMatchObject({ altered: expect.arrayContaining(['kit', 'points', 'seal']) });
  for (const seal of [null, 'seal', [], {}, { ...result.seal, version: 2 }, { ...result.seal, parts: 'x' }, { ...result.seal, list: '€' }])
    expect(sealer.inspect('result', reread({ ...result, seal }))).toMatchObject({ status: 'altered', altered: ['seal'] });
  expect(sealer.inspect('result', reread({ ...result, seal: { ...result.seal, more: 1 } }))).toMatchObject({ altered: ['seal'] });
});

test('half a letter that a cut text left is mended before it is sealed, and one in a file is an alteration', () => {
  const sealed = sealer.sealResult(makeResult('ada', [], { notes: ['cut \uD83D'] }));
  expect(sealed.notes).toEqual(['cut \uFFFD']);
  expect(sealer.inspect('result', reread(sealed))).toEqual(whole);
  expect(sealer.inspect('result', reread({ ...sealed, notes: ['cut \uD83D'] }))).toMatchObject({ status: 'altered', altered: ['notes'] });
});

test('the seal holds nothing of the secret', () => {
  expect(JSON.stringify([result, book])).not.toContain('a1a1a1a1');
});

test.for(['before', 'after'])('a field called like the part of an exercise, %s the list, does not stand for it', (place) => {
  const { exercises, ...rest } = reread(result) as unknown as { exercises: { id: string; points: object }[] };
  const [first, ...others] = exercises as [(typeof exercises)[0], ...typeof exercises];
  const list = { exercises: [{ ...first, points: { earned: 99, measured: 99, possible: 99 } }, ...others] };
  const field = { [`exercise ${first.id}`]: ['plain', first] };
  const forged = place === 'before' ? { ...rest, ...field, ...list } : { ...rest, ...list, ...field };
  expect(sealer.inspect('result', forged)).toMatchObject({ status: 'altered' });
});

test.for(['before', 'after'])('a field called like the part of a student, %s the list, does not stand for the row', (place) => {
  const { students, ...rest } = reread(book) as unknown as { students: { folder: string; outcome: { result: Result } }[] };
  const [row, ...others] = students as [(typeof students)[0], ...typeof students];
  const { result: sealed, ...outcome } = row.outcome;
  const list = {
    students: [{ ...row, name: 'eve', outcome: { ...row.outcome, points: { earned: 99, measured: 99, possible: 99 } } }, ...others],
  };
  const field = { [`student ${row.folder}`]: ['sealed', sealed.seal?.list, { ...row, outcome }] };
  const forged = place === 'before' ? { ...rest, ...field, ...list } : { ...rest, ...list, ...field };
  expect(sealer.inspect('gradebook', forged)).toMatchObject({ status: 'altered' });
});
