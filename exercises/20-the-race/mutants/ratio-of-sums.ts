import type { PairedSamples } from '../../../solutions/20-the-race/the-race.ts';

export * from '../../../solutions/20-the-race/the-race.ts';

/** Right where all rounds are alike, and so nearly right on a quiet machine. */
export async function speedUp({
  baselineMs,
  candidateMs,
  warmUps,
}: PairedSamples): Promise<{ speedup: number; low: number; high: number }> {
  const [baseline, candidate] = (await Promise.all([baselineMs.data(), candidateMs.data()])).map((ms) => [...ms].slice(warmUps));
  const total = (x: readonly number[]) => x.reduce((sum, ms) => sum + ms, 0);
  const ratios = baseline.map((ms, round) => ms / candidate[round]);
  return { speedup: total(baseline) / total(candidate), low: Math.min(...ratios), high: Math.max(...ratios) };
}
