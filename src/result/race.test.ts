import { expect, test } from 'vitest';

import { makeRace } from '../../test/support/sample.ts';
import { raceSchema, ratiosOf } from './race.ts';

const ratios = [2.5, 3, 2.8];

test.for(['faster', 'not-faster', 'cannot-tell', 'implausible'] as const)('a race that is %s is read as it was written', (verdict) => {
  const race = makeRace(ratios, { verdict, shares: [0.5, 0.6, 0.7], share: 0.4, referenceMs: 90 });
  expect(raceSchema.parse(JSON.parse(JSON.stringify(race)))).toEqual(race);
  expect(ratiosOf(race)).toEqual(ratios);
});

test.for([
  ['faster', 'interval'],
  ['not-faster', 'interval'],
  ['implausible', 'interval'],
  ['implausible', 'reason'],
  ['cannot-tell', 'error'],
] as const)('%s has its %s', ([verdict, field]) => {
  const { [field]: _left, ...rest } = makeRace(ratios, { verdict }) as Record<string, unknown>;
  expect(raceSchema.safeParse(rest).error?.issues[0]?.path).toEqual([field]);
});

test('no rounds decide nothing, and cannot tell', () => {
  expect(raceSchema.safeParse(makeRace([])).error?.issues[0]?.path).toEqual(['rounds']);
  expect(raceSchema.parse(makeRace([], { verdict: 'cannot-tell' })).rounds).toEqual([]);
});
