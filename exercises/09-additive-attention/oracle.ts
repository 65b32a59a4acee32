import { defineOracle, samePasses } from '#authoring';
import { add, dot, type Matrix, type Row, rowTimes, scale, softmax, transpose, transposeSquare, weightedSum } from '#authoring';

type Input = {
  query: number[][]; // [B][Q]
  keys: number[][][]; // [B][T][K]
  values: number[][][]; // [B][T][D]
  Wq: number[][]; // [Q][A]
  Wk: number[][]; // [K][A]
  v: number[]; // [A]
  lengths: number[]; // [B]
};

type Answer = {
  context: number[][]; // [B][D]
  weights: number[][]; // [B][T]
};

/** For every sequence a score for each key, a softmax over the real positions, and the average of the values under it. */
function additiveAttention(input: Input): Answer {
  return eachSequence(input, (query, keys, length) => overFirst(length, scores(query, keys, input)));
}

/** tanh(query Wq + key Wk) v for each key. */
function scores(query: Row, keys: Matrix, { Wq, Wk, v }: Input): Row {
  return keys.map((key) => dot(add(rowTimes(query, Wq), rowTimes(key, Wk)).map(Math.tanh), v));
}

/** A softmax over the first positions; those after them weigh nothing. */
function overFirst(length: number, row: Row): Row {
  const real = softmax(row.slice(0, length));
  return row.map((_, t) => real[t] ?? 0);
}

function eachSequence({ query, keys, values, lengths }: Input, weigh: (query: Row, keys: Matrix, length: number) => Row): Answer {
  const weights = keys.map((rows, n) => weigh(query[n], rows, lengths[n]));
  return { context: weights.map((row, n) => weightedSum(row, values[n])), weights };
}

const both = samePasses('additiveAttentionSequential', 'additiveAttentionParallel');

/** Attention with another score, from query Wq and key Wk. */
const scoring = (score: (query: Row, key: Row, v: Row) => number) =>
  both((input: Input) =>
    eachSequence(input, (query, keys, length) => {
      const projected = rowTimes(query, input.Wq);
      return overFirst(
        length,
        keys.map((key) => score(projected, rowTimes(key, input.Wk), input.v)),
      );
    }),
  );

/** Attention with other weights for the same scores. */
const weighing = (weigh: (row: Row, length: number) => Row) =>
  both((input: Input) => eachSequence(input, (query, keys, length) => weigh(scores(query, keys, input), length)));

export const oracle = defineOracle({
  passes: both(additiveAttention),
  integers: ['lengths'],
  misconceptions: {
    'tanh-missing': {
      when: 'the tanh is left out: the share of the query is then the same for every key, and the softmax cancels it',
      lookAt: 'The sum of the two products goes through tanh before it meets v.',
      passes: scoring((query, key, v) => dot(add(query, key), v)),
    },
    'query-outside-the-tanh': {
      when: 'the tanh bends the key alone and the query is added after it, where the softmax cancels it',
      lookAt: 'Query and key are added first, and tanh is applied to their sum.',
      passes: scoring((query, key, v) => dot(add(query, key.map(Math.tanh)), v)),
    },
    'scaled-like-a-dot-product': {
      when: 'the scores are divided by the square root of A, as those of dot products are',
      lookAt: 'An additive score is not divided by anything: tanh and v keep it in bounds.',
      passes: both((input: Input) => additiveAttention({ ...input, v: scale(input.v.length ** -0.5, input.v) })),
    },
    'weights-exchanged': {
      when: 'Wq and Wk have changed places, which only works where a query is as long as a key',
      lookAt: 'Wq stands with the query, Wk with the keys.',
      passes: both((input: Input) =>
        additiveAttention(input.Wq.length === input.Wk.length ? { ...input, Wq: input.Wk, Wk: input.Wq } : input),
      ),
    },
    'weights-transposed': {
      when: 'query and keys are multiplied with the transposes of Wq and Wk, which only square matrices allow',
      lookAt: 'Row vectors stand on the left: query Wq with Wq of shape [Q, A], and keys Wk with Wk of shape [K, A].',
      passes: both((input: Input) => additiveAttention({ ...input, Wq: transposeSquare(input.Wq), Wk: transposeSquare(input.Wk) })),
    },
    'lengths-ignored': {
      when: 'the padding is weighed like everything else',
      lookAt: 'Only the first lengths[n] positions of sequence n are real; the scores of all others must not count.',
      passes: weighing((row) => softmax(row)),
    },
    'mask-of-zeros': {
      when: 'the scores of the padding are set to 0 before the softmax',
      lookAt: 'A score of 0 still has the weight e^0 = 1 before the division; only a score far below all others has none.',
      passes: weighing((row, length) => softmax(row.map((score, t) => (t < length ? score : 0)))),
    },
    'mask-after-the-softmax': {
      when: 'the weights of the padding are set to 0 after the softmax, so that the rest no longer add up to 1',
      lookAt: 'Mask the scores, before the softmax; then the weights that are left share the whole 1 among them.',
      passes: weighing((row, length) => softmax(row).map((weight, t) => (t < length ? weight : 0))),
    },
    'one-padding-counts': {
      when: 'one position of padding is weighed too, t <= length',
      lookAt: 'Positions are counted from 0, so the last real one of sequence n is lengths[n] - 1.',
      passes: weighing((row, length) => overFirst(length + 1, row)),
    },
    'padding-at-the-front': {
      when: 'the last lengths[n] positions are taken for the real ones instead of the first',
      lookAt: 'The padding stands at the end: position t is real where t < lengths[n].',
      passes: weighing((row, length) => overFirst(length, row.toReversed()).toReversed()),
    },
    'one-length-for-all': {
      when: 'the length of the first sequence is used for the whole batch',
      lookAt: 'Every sequence has a length of its own: lengths as a column [B, 1] beside the positions [T] gives a mask [B, T].',
      passes: both((input: Input) => additiveAttention({ ...input, lengths: input.lengths.map(() => input.lengths[0]) })),
    },
    'softmax-over-the-batch': {
      when: 'the softmax runs over the sequences of the batch instead of the positions of one sequence',
      lookAt: 'In scores [B, T] the last axis holds the positions; the softmax runs over that axis.',
      passes: both((input: Input) => {
        const shut = -1e9; // a score that counts for nothing beside any other, and as much as the rest where all are shut
        const all = input.keys.map((keys, n) =>
          scores(input.query[n], keys, input).map((score, t) => (t < input.lengths[n] ? score : shut)),
        );
        const weights = transpose(transpose(all).map(softmax));
        return { context: weights.map((row, n) => weightedSum(row, input.values[n])), weights };
      }),
    },
    'keys-averaged': {
      when: 'the weights are applied to the keys instead of the values, which only works where a key is as long as a value',
      lookAt: 'Keys decide the weights; what is averaged under the weights are the values.',
      passes: both((input: Input) =>
        additiveAttention(input.keys[0][0].length === input.values[0][0].length ? { ...input, values: input.keys } : input),
      ),
    },
  },
});
