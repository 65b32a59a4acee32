import { expect, test } from 'vitest';

import { makeCheck, makeRace } from '../../../test/support/sample.ts';
import { renderRace } from './race.ts';

const curves = {
  kind: 'curves' as const,
  title: 'Time against length',
  note: 'Medians.',
  x: { label: 'T', log: true },
  y: { label: 'ms', log: true },
  series: [
    {
      name: 'loop',
      points: [
        [8, 1],
        [64, 100],
      ] as [number, number][],
    },
    {
      name: 'scan',
      points: [
        [8, 1],
        [64, 10],
      ] as [number, number][],
    },
  ],
};

test('a race is its figures, its rounds on a line and its times on a grid', () => {
  const race = makeRace([1, 2, 2, 4], {
    threshold: 2,
    interval: { low: 1.5, high: 3 },
    error: 0.01,
    provisional: true,
    referenceMs: 10,
    share: 0.5,
    shares: [0.5, 0.75, 1],
  });
  const drawn = renderRace('15-associative-scan', makeCheck('race', 'Faster', 2, { status: 'pass' }, { race, figures: [curves] }));
  expect(drawn).toContain('15-associative-scan: The race at B = 4');
  expect(drawn).toMatch(/Interval of the same test, 98 % +1.5× to 3×/);
  expect(drawn).toMatch(/Speed-up asked for +2×, provisional/);
  expect(drawn).toMatch(/reached; asked for +75 %; 50 %/);
  const [strip = '', under = ''] = drawn.split('\n').filter((line) => /·/.test(line) || line.includes('↑'));
  expect(strip.trim()).toMatch(/^●·+2·+●$/);
  expect(under.indexOf('↑')).toBe(strip.indexOf('2'));
  const grid = drawn.split('\n').filter((line) => line.includes('│'));
  expect([grid.at(0)?.trim(), grid.at(-1)?.trim()]).toEqual([expect.stringMatching(/^100 │ +s$/), expect.stringMatching(/^1.00 │\*/)]);
});

test('what was not raced says why', () => {
  expect(renderRace('15', makeCheck('race', 'Faster', 2, { status: 'not-measured', reason: 'the device cpu is never timed' }))).toBe(
    '15\n  the device cpu is never timed\n',
  );
});
