import { defineOracle } from '#authoring';

interface Input extends Record<string, number[] | number[][] | number[][][]> {
  query: number[][]; // [B][Q]
  keys: number[][][]; // [B][T][K]
  values: number[][][]; // [B][T][D]
  Wq: number[][]; // [Q][A]
  Wk: number[][]; // [K][A]
  v: number[]; // [A]
  lengths: number[]; // [B]
}

interface Answer extends Record<string, number[][]> {
  context: number[][]; // [B][D]
  weights: number[][]; // [B][T]
}

type Weights = Pick<Input, 'Wq' | 'Wk' | 'v'>;
type Score = (query: number[], key: number[], weights: Weights) => number;
type Weigh = (scores: number[][], lengths: number[]) => number[][]; // [B][T] to [B][T]

/** A score for every key, a softmax over the real positions of each sequence, and the average of the values under it. */
function additiveAttention(input: Input): Answer {
  return attend(input);
}

function attend(input: Input, { score = additive, weigh = overRealPositions }: { score?: Score; weigh?: Weigh } = {}): Answer {
  const scores = input.keys.map((keys, n) => keys.map((key) => score(input.query[n], key, input)));
  const weights = weigh(scores, input.lengths);
  return { context: weights.map((row, n) => average(row, input.values[n])), weights };
}

/** tanh(query Wq + key Wk) v */
function additive(query: number[], key: number[], { Wq, Wk, v }: Weights): number {
  return v.reduce((sum, weight, j) => sum + weight * Math.tanh(product(query, Wq, j) + product(key, Wk, j)), 0);
}

/** Number j of the row x times the matrix W. */
function product(x: number[], W: number[][], j: number): number {
  return x.reduce((sum, value, i) => sum + value * W[i][j], 0);
}

function overRealPositions(scores: number[][], lengths: number[]): number[][] {
  return scores.map((row, n) => padded(softmax(row.slice(0, lengths[n])), row.length));
}

function softmax(score: number[]): number[] {
  const largest = Math.max(...score);
  const e = score.map((value) => Math.exp(value - largest));
  const total = e.reduce((sum, value) => sum + value, 0);
  return e.map((value) => value / total);
}

/** The weighted sum of the values. */
function average(weights: number[], values: number[][]): number[] {
  return values[0].map((_, i) => weights.reduce((sum, weight, t) => sum + weight * values[t][i], 0));
}

const padded = (row: number[], T: number) => Array.from({ length: T }, (_, t) => row[t] ?? 0);
const sameShape = (a: number[][], b: number[][]) => a.length === b.length && a[0].length === b[0].length;
const transposeSquare = (W: number[][]) => (W.length === W[0].length ? W.map((_, j) => W.map((row) => row[j])) : W);

const both = (specification: typeof additiveAttention) => ({
  additiveAttentionSequential: specification,
  additiveAttentionParallel: specification,
});
const scoring = (score: Score) => both((input: Input) => attend(input, { score }));
const weighing = (weigh: Weigh) => both((input: Input) => attend(input, { weigh }));

const shut = -1e9; // what is added to a score so that it no longer counts; in float32 the score beside it vanishes

export const oracle = defineOracle({
  passes: both(additiveAttention),
  integers: ['lengths'],
  misconceptions: {
    'tanh-missing': {
      when: 'the tanh is left out: the share of the query is then the same for every key, and the softmax cancels it',
      lookAt: 'The sum of the two products goes through tanh before it meets v.',
      passes: scoring((query, key, { Wq, Wk, v }) =>
        v.reduce((sum, weight, j) => sum + weight * (product(query, Wq, j) + product(key, Wk, j)), 0),
      ),
    },
    'query-outside-the-tanh': {
      when: 'the tanh bends the key alone and the query is added after it, where the softmax cancels it',
      lookAt: 'Query and key are added first, and tanh is applied to their sum.',
      passes: scoring((query, key, { Wq, Wk, v }) =>
        v.reduce((sum, weight, j) => sum + weight * (product(query, Wq, j) + Math.tanh(product(key, Wk, j))), 0),
      ),
    },
    'scaled-like-a-dot-product': {
      when: 'the scores are divided by the square root of A, as those of dot products are',
      lookAt: 'An additive score is not divided by anything: tanh and v keep it in bounds.',
      passes: scoring((query, key, weights) => additive(query, key, weights) / Math.sqrt(weights.v.length)),
    },
    'weights-exchanged': {
      when: 'Wq and Wk have changed places, which only works where a query is as long as a key',
      lookAt: 'Wq stands with the query, Wk with the keys.',
      passes: both((input: Input) => attend(sameShape(input.Wq, input.Wk) ? { ...input, Wq: input.Wk, Wk: input.Wq } : input)),
    },
    'weights-transposed': {
      when: 'query and keys are multiplied with the transposes of Wq and Wk, which only square matrices allow',
      lookAt: 'Row vectors stand on the left: query Wq with Wq of shape [Q, A], and keys Wk with Wk of shape [K, A].',
      passes: both((input: Input) => attend({ ...input, Wq: transposeSquare(input.Wq), Wk: transposeSquare(input.Wk) })),
    },
    'lengths-ignored': {
      when: 'the padding is weighed like everything else',
      lookAt: 'Only the first lengths[n] positions of sequence n are real; the scores of all others must not count.',
      passes: weighing((scores) => scores.map(softmax)),
    },
    'mask-of-zeros': {
      when: 'the scores of the padding are set to 0 before the softmax',
      lookAt: 'A score of 0 still has the weight e^0 = 1 before the division; only a score far below all others has none.',
      passes: weighing((scores, lengths) => scores.map((row, n) => softmax(row.map((score, t) => (t < lengths[n] ? score : 0))))),
    },
    'mask-after-the-softmax': {
      when: 'the weights of the padding are set to 0 after the softmax, so that the rest no longer add up to 1',
      lookAt: 'Mask the scores, before the softmax; then the weights that are left share the whole 1 among them.',
      passes: weighing((scores, lengths) => scores.map((row, n) => softmax(row).map((weight, t) => (t < lengths[n] ? weight : 0)))),
    },
    'one-padding-counts': {
      when: 'one position of padding is weighed too, t <= length',
      lookAt: 'Positions are counted from 0, so the last real one of sequence n is lengths[n] - 1.',
      passes: weighing((scores, lengths) =>
        overRealPositions(
          scores,
          lengths.map((length) => length + 1),
        ),
      ),
    },
    'padding-at-the-front': {
      when: 'the last lengths[n] positions are taken for the real ones instead of the first',
      lookAt: 'The padding stands at the end: position t is real where t < lengths[n].',
      passes: weighing((scores, lengths) => scores.map((row, n) => padFront(softmax(row.slice(row.length - lengths[n])), row.length))),
    },
    'one-length-for-all': {
      when: 'the length of the first sequence is used for the whole batch',
      lookAt: 'Every sequence has a length of its own: lengths as a column [B, 1] beside the positions [T] gives a mask [B, T].',
      passes: weighing((scores, [first]) =>
        overRealPositions(
          scores,
          scores.map(() => first),
        ),
      ),
    },
    'softmax-over-the-batch': {
      when: 'the softmax runs over the sequences of the batch instead of the positions of one sequence',
      lookAt: 'In scores [B, T] the last axis holds the positions; the softmax runs over that axis.',
      passes: weighing((scores, lengths) => {
        const columns = scores[0].map((_, t) => softmax(scores.map((row, n) => (t < lengths[n] ? row[t] : shut)))); // [T][B]
        return scores.map((_, n) => columns.map((column) => column[n]));
      }),
    },
    'keys-averaged': {
      when: 'the weights are applied to the keys instead of the values, which only works where a key is as long as a value',
      lookAt: 'Keys decide the weights; what is averaged under the weights are the values.',
      passes: both((input: Input) => {
        const { weights } = attend(input);
        const source = input.keys[0][0].length === input.values[0][0].length ? input.keys : input.values;
        return { context: weights.map((row, n) => average(row, source[n])), weights };
      }),
    },
  },
});

function padFront(row: number[], T: number): number[] {
  return padded(row.toReversed(), T).toReversed();
}
