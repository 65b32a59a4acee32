import { add, defineOracle, type Matrix, samePasses, zipNumbers } from '#authoring';

type Input = {
  x: number[][][]; // [B][T][H]
};

/** s[t] = x[0] + ... + x[t], as the definition says it. */
function runningSum({ x }: Input): { s: number[][][] } {
  return { s: x.map((xs) => xs.map((_, t) => addUp(xs.slice(0, t + 1)))) };
}

/** The sum of rows, or of whole sequences. */
const addUp = <Summand extends Matrix | number[]>(summands: Summand[]): Summand => summands.reduce((sum, one) => add(sum, one));

const both = samePasses('runningSumSequential', 'runningSumParallel');

export const oracle = defineOracle({
  passes: both(runningSum),
  misconceptions: {
    'own-step-missing': {
      when: 'each position adds up what came before it, without its own step',
      lookAt: 'The sum at t ends with x[t]: s[0] is x[0], not 0. In the matrix the diagonal holds ones.',
      passes: both(({ x }: Input) => ({ s: zipNumbers(runningSum({ x }).s, x, (sum, own) => sum - own) })),
    },
    'future-added-up': {
      when: 'each position adds up itself and what comes after it',
      lookAt: 'Row t of the matrix has ones in the columns 0 to t, so they fill the lower left, not the upper right.',
      passes: both(({ x }: Input) => ({ s: x.map((xs) => xs.map((_, t) => addUp(xs.slice(t)))) })),
    },
    'whole-sum-everywhere': {
      when: 'every position holds the sum of the whole sequence',
      lookAt: 'Only the last position has seen everything; the matrix needs zeros above its diagonal.',
      passes: both(({ x }: Input) => ({ s: x.map((xs) => xs.map(() => addUp(xs))) })),
    },
    'nothing-added': {
      when: 'every position holds its own step only',
      lookAt: 'The sum goes on from step to step: s[t] = s[t-1] + x[t].',
      passes: both(({ x }: Input) => ({ s: x })),
    },
    'sum-over-the-batch': {
      when: 'the sums run over the sequences of the batch instead of over time',
      lookAt: 'Axis 0 is the batch and axis 1 is time; sequences of a batch know nothing of each other.',
      passes: both(({ x }: Input) => ({ s: x.map((_, n) => addUp(x.slice(0, n + 1))) })),
    },
  },
});
