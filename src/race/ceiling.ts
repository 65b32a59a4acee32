import type { TimedLength } from './lengths.ts';
import { judgeWins, median } from './sign-test.ts';

/** Times as long as the kit's that a learner's own sequential pass may take: plain loops were measured below twice. */
export const ceiling = 5;
const nearShare = 8; // of the raced length: shorter sequences are mostly overhead, which everybody shares

/**
 * How many times as long the learner's own sequential pass takes as the kit's, where the sign test has decided that it is above the ceiling. Slowing it
 * gains no points anyway, for the baseline is the kit's; but a loop that is slow on purpose, or by mistake, teaches the wrong thing about parallelism.
 */
export function slownessAboveCeiling(lengths: readonly TimedLength[], error: number): number | undefined {
  const longest = Math.max(...lengths.map(({ T }) => T));
  const ratios = lengths
    .filter(({ T }) => T * nearShare >= longest)
    .flatMap(({ own, baseline }) => own.map((ms, turn) => ms / (baseline[turn] as number)));
  const slow = judgeWins(
    ratios.map((ratio) => ratio > ceiling),
    error,
  );
  return slow === 'faster' ? median(ratios) : undefined;
}
