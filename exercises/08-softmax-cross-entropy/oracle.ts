import { defineOracle, logSumExp, mean, type Row, scale, softmax, sum, transpose } from '#authoring';

type SoftmaxInput = {
  x: number[][][]; // [B][T][V]
};

type LossInput = {
  logits: number[][][]; // [B][T][V]
  targets: number[][]; // [B][T]
};

/** p = exp(x) / sum of exp(x) and lse = ln of that sum, for each row of the last axis by itself. */
function stableSoftmax({ x }: SoftmaxInput): { p: number[][][]; lse: number[][] } {
  return { p: eachRow(x, softmax), lse: eachRow(x, logSumExp) };
}

/** The mean over all positions of lse - x[target], which is -ln p[target]. */
function crossEntropy(input: LossInput): { loss: number } {
  return { loss: mean(losses(input, (row, y) => logSumExp(row) - row[y])) };
}

function eachRow<Answer>(x: number[][][], answer: (row: Row) => Answer): Answer[][] {
  return x.map((sequence) => sequence.map((row) => answer(row)));
}

/** What every position costs, one after the other. */
function losses({ logits, targets }: LossInput, cost: (row: Row, y: number) => number): number[] {
  return logits.flatMap((sequence, n) => sequence.map((row, t) => cost(row, targets[n][t])));
}

/** Float32 has no numbers above 3.4e38, and none between 0 and 1.4e-45; its rounding stays out, for the sake of finite differences. */
function inRange(value: number): number {
  if (value > 3.4028234e38) return Infinity;
  return value < 1.4e-45 ? 0 : value;
}

/** One row within that range, where m is taken away in place of the largest number. */
function softmaxLess(m: number, row: Row): { p: Row; lse: number } {
  const e = row.map((value) => inRange(Math.exp(value - m)));
  const total = inRange(sum(e));
  return { p: e.map((value) => value / total), lse: m + Math.log(total) };
}

/** Cross-entropy that costs something else at each position. */
const costing = (cost: (row: Row, y: number, logits: number[][][]) => number) => ({
  crossEntropy: (input: LossInput) => ({ loss: mean(losses(input, (row, y) => cost(row, y, input.logits))) }),
});

/** Both passes where one and the same number is taken away from all rows. */
const takingAway = (m: (x: number[][][]) => number) => ({
  stableSoftmax: ({ x }: SoftmaxInput) => ({
    p: eachRow(x, (row) => softmaxLess(m(x), row).p),
    lse: eachRow(x, (row) => softmaxLess(m(x), row).lse),
  }),
  ...costing((row, y, logits) => softmaxLess(m(logits), row).lse - row[y]),
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
      passes: takingAway(() => 0),
    },
    'maximum-of-everything': {
      when: 'the largest number of the whole tensor is taken away, so that every exponential of a much lower row is rounded to 0',
      lookAt: 'Each row has a maximum of its own: tf.max(x, -1, true) has the shape [B, T, 1].',
      passes: takingAway((x) => Math.max(...x.flat(2))),
    },
    'softmax-over-the-positions': {
      when: 'the softmax runs over the positions, axis 1, instead of the choices',
      lookAt: 'The last axis, -1 for TensorFlow.js, holds the choices: those V numbers share the 1 among them.',
      passes: {
        stableSoftmax: ({ x }: SoftmaxInput) => {
          const columns = stableSoftmax({ x: x.map((rows) => transpose(rows)) });
          return { p: columns.p.map((rows) => transpose(rows)), lse: columns.lse };
        },
      },
    },
    'everything-adds-up-to-one': {
      when: 'the exponentials of the whole tensor are added up, so that all rows share a single 1',
      lookAt: 'tf.sum without an axis adds up everything; tf.sum(e, -1, true) gives every row a sum of its own.',
      passes: {
        stableSoftmax: ({ x }: SoftmaxInput) => {
          const e = eachRow(x, (row) => row.map((value) => Math.exp(value - Math.max(...row))));
          const total = sum(e.flat(2));
          return { p: scale(1 / total, e), lse: eachRow(x, (row) => Math.max(...row) + Math.log(total)) };
        },
      },
    },
    'maximum-not-put-back': {
      when: 'lse is the logarithm of the sum after the maximum was taken away, without the maximum',
      lookAt: 'Taking m away from every number lowers lse by m: put it back with lse = m + ln(sum).',
      passes: {
        stableSoftmax: ({ x }: SoftmaxInput) => ({ ...stableSoftmax({ x }), lse: eachRow(x, (row) => logSumExp(row) - Math.max(...row)) }),
      },
    },
    'logarithm-of-the-softmax': {
      when: 'the probability is computed first and its logarithm after that: a probability of e^-150 has become 0, and ln 0 is minus infinity',
      lookAt: 'Never form the probability: -ln p[target] is lse - logits[target], and that stays finite.',
      passes: costing((row, y) => -Math.log(inRange(softmax(row)[y]))),
    },
    'probability-with-a-floor': {
      when: 'a small number such as 1e-7 is added to the probability before the logarithm, so that no mistake costs more than 16.1',
      lookAt: 'The floor hides the infinity and the gradient with it; lse - logits[target] needs no floor.',
      passes: costing((row, y) => -Math.log(softmax(row)[y] + 1e-7)),
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
      passes: costing((row, y) => logSumExp(softmax(row)) - softmax(row)[y]),
    },
    'normaliser-missing': {
      when: 'the loss is minus the logit of the target, as if logits were logarithms of probabilities',
      lookAt: 'A logit becomes the logarithm of a probability when lse is taken away from it.',
      passes: costing((row, y) => -row[y]),
    },
  },
});
