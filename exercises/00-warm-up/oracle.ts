import { defineOracle } from '#authoring';

interface Input extends Record<string, number[][][]> {
  x: number[][][]; // [B][T][H]
}

/** s[t] = x[0] + ... + x[t], as the definition says it. */
function runningSum({ x }: Input): { s: number[][][] } {
  return addUp(x, (t, from) => from <= t);
}

/** For every position the sum of those steps of its own sequence that count for it. */
function addUp(x: number[][][], counts: (t: number, from: number) => boolean): { s: number[][][] } {
  const s = x.map((xs) => xs.map((row, t) => row.map((_, j) => xs.reduce((sum, at, from) => (counts(t, from) ? sum + at[j] : sum), 0))));
  return { s };
}

const both = (specification: typeof runningSum) => ({ runningSumSequential: specification, runningSumParallel: specification });

export const oracle = defineOracle({
  passes: both(runningSum),
  misconceptions: {
    'own-step-missing': {
      when: 'each position adds up what came before it, without its own step',
      lookAt: 'The sum at t ends with x[t]: s[0] is x[0], not 0. In the matrix the diagonal holds ones.',
      passes: both(({ x }: Input) => addUp(x, (t, from) => from < t)),
    },
    'future-added-up': {
      when: 'each position adds up itself and what comes after it',
      lookAt: 'Row t of the matrix has ones in the columns 0 to t, so they fill the lower left, not the upper right.',
      passes: both(({ x }: Input) => addUp(x, (t, from) => from >= t)),
    },
    'whole-sum-everywhere': {
      when: 'every position holds the sum of the whole sequence',
      lookAt: 'Only the last position has seen everything; the matrix needs zeros above its diagonal.',
      passes: both(({ x }: Input) => addUp(x, () => true)),
    },
    'nothing-added': {
      when: 'every position holds its own step only',
      lookAt: 'The sum goes on from step to step: s[t] = s[t-1] + x[t].',
      passes: both(({ x }: Input) => addUp(x, (t, from) => from === t)),
    },
    'sum-over-the-batch': {
      when: 'the sums run over the sequences of the batch instead of over time',
      lookAt: 'Axis 0 is the batch and axis 1 is time; sequences of a batch know nothing of each other.',
      passes: both(({ x }: Input) => ({
        s: x.map((xs, n) => xs.map((row, t) => row.map((_, j) => x.slice(0, n + 1).reduce((sum, other) => sum + other[t][j], 0)))),
      })),
    },
  },
});
