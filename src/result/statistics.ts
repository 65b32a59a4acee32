import { mean, quantile } from 'simple-statistics';

/** The kit's statistics. What does not exist (the mean of no values) is null; nothing here returns NaN for finite input. */

/** The middle of the values. Throws where there are none. */
export { median } from 'simple-statistics';

/** Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7, as in R and NumPy); null of no values. */
export function findQuantile(values: readonly number[], share: number): number | null {
  return values.length === 0 ? null : quantile(values, share);
}

export function findMean(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}

export const binCount = 10; // fixed bins of 10 %: pictures of two cohorts can be laid side by side

/** How many shares fall in [0, 10 %), [10 %, 20 %) ... [90 %, 100 %]. */
export function countBins(shares: readonly number[]): number[] {
  const counts = Array.from({ length: binCount }, () => 0);
  for (const share of shares) {
    const bin = Math.min(binCount - 1, Math.max(0, Math.floor(share * binCount + 1e-9))); // 1e-9: 0.7 * 10 is 7.000000000000001, 0.29 / 0.1 less than 2.9
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** The most frequent value with its count; of equals the one first seen; null of none. */
export function findMode<T>(values: readonly T[]): { value: T; count: number } | null {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: { value: T; count: number } | null = null;
  for (const [value, count] of counts) if (best === null || count > best.count) best = { value, count };
  return best;
}
