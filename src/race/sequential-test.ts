export type Verdict = 'faster' | 'not-faster' | 'cannot-tell';

/** Chance of a wrong verdict when the true speed-up sits exactly at the threshold, at whatever round the race stops. */
export const alpha = 0.01;
/** For certification: ten times as strict, and thirteen rounds at least. */
export const strictAlpha = 0.001;
export const maxRounds = 48; // where nine rounds in ten go one way, fifteen decide on average and 48 leave 0.04 % undecided

/**
 * Verdict of a race after some rounds, by an anytime-valid sign test: a round is won where it beats every threshold. With a uniform
 * prior over the chance p > 1/2 of winning, the evidence after w wins in n rounds is E = 2^n · 2 · ∫½¹ p^w (1-p)^(n-w) dp, and by Ville's
 * inequality E >= 1/alpha happens with chance at most alpha if p <= 1/2 - whenever one looks. Only the sign of a round counts, so
 * one outlier is one round and no more. (Shafer, Shen, Vereshchagin, Vovk 2011, "Test martingales, Bayes factors and p-values".)
 */
export function decide(wins: readonly boolean[], error = alpha): Verdict {
  const won = wins.filter(Boolean).length;
  if (evidence(won, wins.length) >= 1 / error) return 'faster';
  if (evidence(wins.length - won, wins.length) >= 1 / error) return 'not-faster';
  return 'cannot-tell';
}

/** Fewest wins of `rounds` that decide, where any number does. */
export function winsNeeded(rounds: number, error = alpha): number | undefined {
  for (let wins = Math.ceil(rounds / 2); wins <= rounds; wins++) if (evidence(wins, rounds) >= 1 / error) return wins;
  return undefined;
}

/** Rounds of which no fewer can decide, even if all go one way: 9, and 13 where a tenth of the error is allowed. */
export function fewestRounds(error = alpha): number {
  let rounds = 1;
  while (winsNeeded(rounds, error) === undefined) rounds++;
  return rounds;
}

/**
 * The ratios that this test has not ruled out, from the order statistics that the table of wins names: a threshold below `low` would have been beaten by now, one
 * above `high` missed. So what is shown can never contradict the verdict. `undefined` before the first round that could decide.
 */
export function intervalOf(ratios: readonly number[], error = alpha): { readonly low: number; readonly high: number } | undefined {
  const needed = winsNeeded(ratios.length, error);
  if (needed === undefined) return undefined;
  const sorted = ratios.toSorted((a, b) => a - b);
  return { low: sorted[ratios.length - needed] as number, high: sorted[needed - 1] as number };
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
