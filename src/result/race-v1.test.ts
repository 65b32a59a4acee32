import { expect, test } from 'vitest';

import { readResultV1 } from '../../test/support/old-results.ts';
import { readableRaceSchema } from './race-v1.ts';
import { raceSchema } from './race.ts';
import { gradebookSchema, resultSchema } from './result.ts';

const { schema, exercises, points } = resultSchema.parse(readResultV1());
const races = exercises.flatMap(({ checks }) => checks.flatMap(({ race }) => race ?? []));
const [faster, notFaster, cannotTell, implausible] = races;

test('a result and a gradebook of v1 are read as v2, and what they hold of today’s form is what today’s schema asks for', () => {
  expect(schema).toBe('unroll/result/v2');
  expect(races.map(({ verdict }) => verdict)).toEqual(['faster', 'not-faster', 'cannot-tell', 'implausible']);
  for (const race of races) expect(raceSchema.parse(race)).toEqual(race);
  const { kit, startedAt, durationMs, seed, device, isolation } = readResultV1();
  const outcome = { status: 'graded', points, result: readResultV1() };
  const students = [{ name: 'Ada', folder: 'ada', outcome }];
  const gradebook = gradebookSchema.parse({
    ...{ schema: 'unroll/gradebook/v1', kit, startedAt, durationMs, seed, device, isolation },
    students,
  });
  expect(gradebook).toMatchObject({ schema: 'unroll/gradebook/v2', students: [{ outcome: { result: { schema, exercises } } }] });
});

test('samples that are equally many for every round become each round’s own', () => {
  expect(faster?.rounds).toHaveLength(9);
  expect(faster?.rounds[1]).toEqual({
    ratio: 3.2,
    share: 0.75,
    baselineMs: [92, 93],
    candidateMs: [30.2, 30.3],
    referenceMs: [24.2, 24.3],
  });
  expect(faster).not.toHaveProperty('shares');
  expect(implausible?.rounds[8]).toEqual({ ratio: 50, baselineMs: [100, 100], candidateMs: [2, 2] });
});

test('rounds whose samples cannot be told apart, or were not kept, have none', () => {
  expect(cannotTell?.rounds).toEqual([2.1, 1.9, 2.2].map((ratio) => ({ ratio, baselineMs: [], candidateMs: [] })));
  expect(notFaster?.rounds[0]).toEqual({ ratio: 1.4, baselineMs: [], candidateMs: [] });
});

test('what the oldest results do not say is what their races had, or the least that their verdict allows', () => {
  expect(notFaster).toMatchObject({ error: 0.01, interval: { low: 1.3, high: 1.7 } });
  expect(cannotTell).not.toHaveProperty('interval');
  expect(implausible).toMatchObject({ reason: expect.stringContaining('older result') });
});

const older = { verdict: 'faster', threshold: 2, speedup: 3, baselineMs: 3, candidateMs: 1, sizes: {}, baseline: 'a', candidate: 'b' };

test.for([
  ['faster', {}, { low: 2, high: 4 }],
  ['not-faster', {}, { low: 1.9, high: 2 }],
  ['not-faster', { share: 0.5, shares: [0.4, 0.4] }, { low: 1.9, high: 4 }],
] as const)('without an interval %s, with %j, leaves %j', ([verdict, rest, interval]) => {
  expect(readableRaceSchema.parse({ ...older, verdict, ratios: [4, 1.9], ...rest })).toMatchObject({ interval });
});

test.for([
  [{ ...older, ratios: [4, -1] }, 'ratios.1'],
  [{ ...older, ratios: [] }, 'rounds'],
  [{ ...older, rounds: [] }, 'error'],
  [3, ''],
] as const)('%j is no race, and its first problem has its place', ([value, path]) => {
  expect(readableRaceSchema.safeParse(value).error?.issues[0]?.path.join('.')).toBe(path);
});
