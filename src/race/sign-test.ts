export type Verdict = 'faster' | 'not-faster' | 'cannot-tell';

/** Chance of a wrong verdict when the true speed-up sits exactly at the threshold, at whatever round the race stops. */
export const alpha = 0.01;
export const maxRounds = 48; // where nine rounds in ten go one way, fifteen decide on average and 48 leave 0.04 % undecided
export const firstVerdict = 9; // rounds: no fewer can reach evidence 1/alpha, even if all go one way

/**
 * Verdict of a race after some rounds, by an anytime-valid sign test: a round is won where its speed-up beats the threshold. With a uniform
 * prior over the chance p > 1/2 of winning, the evidence after w wins in n rounds is E = 2^n · 2 · ∫½¹ p^w (1-p)^(n-w) dp, and by Ville's
 * inequality E >= 1/alpha happens with chance at most alpha if p <= 1/2 - whenever one looks. Only the sign of a round counts, so
 * one outlier is one round and no more. (Shafer, Shen, Vereshchagin, Vovk 2011, "Test martingales, Bayes factors and p-values".)
 */
export function judgeRounds(speedups: readonly number[], threshold: number): Verdict {
  const wins = speedups.filter((speedup) => speedup > threshold).length;
  if (evidence(wins, speedups.length) >= 1 / alpha) return 'faster';
  if (evidence(speedups.length - wins, speedups.length) >= 1 / alpha) return 'not-faster';
  return 'cannot-tell';
}

/**
 * The evidence E after `wins` of `rounds`. The incomplete beta integral of whole numbers is a binomial tail:
 * 2^(n+1) · B(w+1, n-w+1) · P(Binomial(n+1, 1/2) <= w).
 */
export function evidence(wins: number, rounds: number): number {
  const n = rounds;
  let [term, tail] = [1, 0]; // C(n+1, 0), summed
  for (let k = 0; k <= wins; k++) {
    tail += term;
    term *= (n + 1 - k) / (k + 1);
  }
  let choose = 1; // C(n, w)
  for (let k = 0; k < wins; k++) choose *= (n - k) / (k + 1);
  return tail / ((n + 1) * choose); // 2^(n+1) cancels against the tail's 2^-(n+1); B(w+1, n-w+1) = 1 / ((n+1) C(n, w))
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
