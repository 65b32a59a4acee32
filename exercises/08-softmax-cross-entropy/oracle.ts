import { defineOracle } from '#authoring';

interface SoftmaxInput extends Record<string, number[][][]> {
  x: number[][][]; // [B][T][V]
}

interface LossInput extends Record<string, number[][] | number[][][]> {
  logits: number[][][]; // [B][T][V]
  targets: number[][]; // [B][T]
}

interface Row {
  p: number[]; // [V]
  lse: number;
}

/** p = exp(x) / sum of exp(x) and lse = ln of that sum, for each row of the last axis by itself. */
function stableSoftmax({ x }: SoftmaxInput): { p: number[][][]; lse: number[][] } {
  return eachRow({ x }, (row) => softmax(row));
}

/** The mean over all positions of lse - x[target], which is -ln p[target]. */
function crossEntropy(input: LossInput): { loss: number } {
  return { loss: mean(losses(input, (row, y) => softmax(row).lse - row[y])) };
}

function eachRow({ x }: SoftmaxInput, answer: (row: number[]) => Row): { p: number[][][]; lse: number[][] } {
  const rows = x.map((sequence) => sequence.map(answer));
  return { p: rows.map((sequence) => sequence.map(({ p }) => p)), lse: rows.map((sequence) => sequence.map(({ lse }) => lse)) };
}

/** What every position costs, one after the other. */
function losses({ logits, targets }: LossInput, cost: (row: number[], y: number) => number): number[] {
  return logits.flatMap((sequence, n) => sequence.map((row, t) => cost(row, targets[n][t])));
}

/** One row, after m was taken away from each of its numbers. */
function softmax(row: number[], m = Math.max(...row)): Row {
  const e = row.map((value) => inRange(Math.exp(value - m)));
  const sum = inRange(e.reduce((total, value) => total + value, 0));
  return { p: e.map((value) => value / sum), lse: m + Math.log(sum) };
}

/** Float32 has no numbers above 3.4e38, and none between 0 and 1.4e-45. */
function inRange(value: number): number {
  if (value > 3.4028234e38) return Infinity;
  return value < 1.4e-45 ? 0 : value;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const largest = (x: number[][][]) => Math.max(...x.flat(2));

/** Cross-entropy that costs something else at each position. */
const costing = (cost: (row: number[], y: number) => number) => ({
  crossEntropy: (input: LossInput) => ({ loss: mean(losses(input, cost)) }),
});

/** Cross-entropy whose result is a multiple of the right one. */
const times = (factor: (input: LossInput) => number) => ({
  crossEntropy: (input: LossInput) => ({ loss: factor(input) * crossEntropy(input).loss }),
});

export const oracle = defineOracle({
  passes: { stableSoftmax, crossEntropy },
  integers: ['targets'],
  misconceptions: {
    'no-maximum': {
      when: 'the exponentials are taken of the numbers as they are: e^89 is more than float32 can hold, and e^-104 is rounded to 0',
      lookAt: 'Take the largest number of each row away from the whole row before tf.exp.',
      passes: {
        stableSoftmax: (input: SoftmaxInput) => eachRow(input, (row) => softmax(row, 0)),
        ...costing((row, y) => softmax(row, 0).lse - row[y]),
      },
    },
    'maximum-of-everything': {
      when: 'the largest number of the whole tensor is taken away, so that every exponential of a much lower row is rounded to 0',
      lookAt: 'Each row has a maximum of its own: tf.max(x, -1, true) has the shape [B, T, 1].',
      passes: {
        stableSoftmax: (input: SoftmaxInput) => eachRow(input, (row) => softmax(row, largest(input.x))),
        crossEntropy: (input: LossInput) => ({
          loss: mean(losses(input, (row, y) => softmax(row, largest(input.logits)).lse - row[y])),
        }),
      },
    },
    'softmax-over-the-positions': {
      when: 'the softmax runs over the positions, axis 1, instead of the choices',
      lookAt: 'The last axis, -1 for TensorFlow.js, holds the choices: those V numbers share the 1 among them.',
      passes: {
        stableSoftmax: ({ x }: SoftmaxInput) => {
          const columns = eachRow({ x: x.map(transpose) }, (row) => softmax(row));
          return { p: columns.p.map(transpose), lse: columns.lse };
        },
      },
    },
    'everything-adds-up-to-one': {
      when: 'the exponentials of the whole tensor are added up, so that all rows share a single 1',
      lookAt: 'tf.sum without an axis adds up everything; tf.sum(e, -1, true) gives every row a sum of its own.',
      passes: {
        stableSoftmax: ({ x }: SoftmaxInput) => {
          const m = x.map((sequence) => sequence.map((row) => Math.max(...row)));
          const e = x.map((sequence, n) => sequence.map((row, t) => row.map((value) => Math.exp(value - m[n][t]))));
          const sum = e.flat(2).reduce((total, value) => total + value, 0);
          return {
            p: e.map((sequence) => sequence.map((row) => row.map((value) => value / sum))),
            lse: m.map((sequence) => sequence.map((value) => value + Math.log(sum))),
          };
        },
      },
    },
    'maximum-not-put-back': {
      when: 'lse is the logarithm of the sum after the maximum was taken away, without the maximum',
      lookAt: 'Taking m away from every number lowers lse by m: put it back with lse = m + ln(sum).',
      passes: {
        stableSoftmax: (input: SoftmaxInput) =>
          eachRow(input, (row) => {
            const { p, lse } = softmax(row);
            return { p, lse: lse - Math.max(...row) };
          }),
      },
    },
    'logarithm-of-the-softmax': {
      when: 'the probability is computed first and its logarithm after that: a probability of e^-150 has become 0, and ln 0 is minus infinity',
      lookAt: 'Never form the probability: -ln p[target] is lse - logits[target], and that stays finite.',
      passes: costing((row, y) => -Math.log(softmax(row).p[y])),
    },
    'probability-with-a-floor': {
      when: 'a small number such as 1e-7 is added to the probability before the logarithm, so that no mistake costs more than 16.1',
      lookAt: 'The floor hides the infinity and the gradient with it; lse - logits[target] needs no floor.',
      passes: costing((row, y) => -Math.log(softmax(row).p[y] + 1e-7)),
    },
    'sum-instead-of-mean': {
      when: 'the losses of all positions are added up instead of averaged',
      lookAt: 'Divide by the number of positions, B times T: otherwise twice the text has twice the loss.',
      passes: times(({ targets }) => targets.length * targets[0].length),
    },
    'mean-over-the-sequences-only': {
      when: 'the losses of a sequence are added up and only the sequences are averaged',
      lookAt: 'Every position of every sequence counts the same: divide by B times T, not by B.',
      passes: times(({ targets }) => targets[0].length),
    },
    'mean-over-the-choices-too': {
      when: 'the mean is also taken over the V choices, of which all but one are 0',
      lookAt: 'Add up over the last axis first, and take the mean of what is left, [B, T].',
      passes: times(({ logits }) => 1 / logits[0][0].length),
    },
    'sign-missing': {
      when: 'the minus before the logarithm is left out',
      lookAt: 'The logarithm of a probability is never above 0, so the loss, its negative, is never below 0.',
      passes: times(() => -1),
    },
    'in-bits': {
      when: 'the logarithm is taken to the base 2',
      lookAt: 'The loss is asked for in nats: tf.log is the natural logarithm, and V equal choices cost ln V.',
      passes: times(() => Math.LOG2E),
    },
    'softmax-taken-twice': {
      when: 'the softmax is taken first and its probabilities are then treated as logits',
      lookAt: 'Cross-entropy begins at the logits and holds the softmax already.',
      passes: costing((row, y) => {
        const { p } = softmax(row);
        return softmax(p).lse - p[y];
      }),
    },
    'normaliser-missing': {
      when: 'the loss is minus the logit of the target, as if logits were logarithms of probabilities',
      lookAt: 'A logit becomes the logarithm of a probability when lse is taken away from it.',
      passes: costing((row, y) => -row[y]),
    },
  },
});

function transpose(table: number[][]): number[][] {
  return table[0].map((_, j) => table.map((row) => row[j]));
}
