import { expect, test } from 'vitest';
import { countOf, dash, showCount, showDate, showDuration, showMs, showRatio, showShare } from './numbers.ts';
import { safe } from './safe-text.ts';

test('a number that does not exist is a dash', () => {
  expect([showCount(NaN), showShare(null), showShare(NaN), showRatio(Infinity), showMs(NaN)]).toEqual([dash, dash, dash, dash, dash]);
});

test('shares and ratios are cut, so that nothing looks like the goal that it missed', () => {
  expect([showShare(0.99996), showShare(0.29), showShare(1), showShare(0)]).toEqual(['99.9 %', '29 %', '100 %', '0 %']);
  expect([showRatio(1.999), showRatio(2), showRatio(1.1), showRatio(12.39), showRatio(0.0123)]).toEqual([
    '1.99×',
    '2×',
    '1.1×',
    '12.3×',
    '0.0123×',
  ]);
});

test('counts agree with their noun and zero has no sign', () => {
  expect([countOf(1, safe`point`), countOf(2.5, safe`point`), countOf(0, safe`student`), showCount(-0)]).toEqual([
    '1 point',
    '2.5 points',
    '0 students',
    '0',
  ]);
});

test('times say their unit', () => {
  expect([
    showMs(0.4234),
    showMs(1290.4),
    showDuration(340),
    showDuration(12_400),
    showDuration(59_990),
    showDuration(192_000),
    showDuration(7_500_000),
  ]).toEqual(['0.423 ms', '1,290 ms', '340 ms', '12.4 s', '1 min 0 s', '3 min 12 s', '2 h 5 min']);
  expect(showDate('2026-11-22T10:32:00Z')).toBe('22 November 2026 at 10:32 UTC');
});
