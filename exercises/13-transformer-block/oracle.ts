import { defineOracle } from '#authoring';
import { add, cut, dot, mapNumbers, matmul, mean, onesLike, scaledScores, softmax, transpose, weightedSum, zerosLike } from '#authoring';
import type { Matrix, Row } from '#authoring';

type RmsInput = {
  x: Matrix[]; // [B][T][D]
  gain: Row; // [D]
  eps: number;
};
type LayerInput = RmsInput & { bias: Row }; // [D]
type BlockInput = { x: Matrix[]; heads: number; eps: number } & Record<'Wq' | 'Wk' | 'Wv' | 'Wo', Matrix> & // [D][D]
  Record<'g1' | 'b1' | 'g2' | 'b2', Row> & // [D]
  Record<'W1' | 'W2', Matrix> & // [D][F] and [F][D]
  Record<'c1' | 'c2', Row>; // [F] and [D]
type Answer = { out: Matrix[] };
type Parts = Record<'norm1' | 'attention' | 'norm2' | 'feedForward', (x: Matrix[]) => Matrix[]>;

/** (x - mean) / sqrt(variance + eps) * gain + bias, over the numbers of each row. */
function layerNorm({ x, gain, bias, eps }: LayerInput): Answer {
  return { out: eachRow(x, (row) => standardise(centre(row), eps).map((value, i) => value * gain[i] + bias[i])) };
}

/** x / sqrt(mean of x^2 + eps) * gain, over the numbers of each row. */
function rmsNorm({ x, gain, eps }: RmsInput): Answer {
  return { out: eachRow(x, (row) => standardise(row, eps).map((value, i) => value * gain[i])) };
}

/** The block: a = x + attention(norm1(x)); out = a + feedForward(norm2(a)). */
const transformerBlock = (input: BlockInput): Answer => ({ out: preNorm(input.x, partsOf(input)) });

function preNorm(x: Matrix[], { norm1, attention, norm2, feedForward }: Parts): Matrix[] {
  const a = add(x, attention(norm1(x)));
  return add(a, feedForward(norm2(a)));
}

const partsOf = (input: BlockInput): Parts => ({
  norm1: (x) => layerNorm({ x, gain: input.g1, bias: input.b1, eps: input.eps }).out,
  norm2: (x) => layerNorm({ x, gain: input.g2, bias: input.b2, eps: input.eps }).out,
  attention: (x) => eachHead(x, input, (q, k, v) => q.map((query, t) => weightedSum(softmax(scaledScores(query, k.slice(0, t + 1))), v))),
  feedForward: (x) => affine(mapNumbers(affine(x, input.W1, input.c1), gelu), input.W2, input.c2),
});

/** concat(head 0, ..., head N - 1) Wo of exercise 11: each head attends with d columns of each weight. */
function eachHead(x: Matrix[], { Wq, Wk, Wv, Wo, heads }: BlockInput, attend: (q: Matrix, k: Matrix, v: Matrix) => Matrix): Matrix[] {
  const d = Wq.length / heads;
  return x.map((rows) => {
    const head = (W: Matrix, n: number) => matmul(rows, cut(W, 1, n * d, (n + 1) * d)); // [T][d]
    const answers = Array.from({ length: heads }, (_, n) => attend(head(Wq, n), head(Wk, n), head(Wv, n)));
    const concat = rows.map((_, t) => answers.flatMap((answer) => answer[t])); // [T][D]
    return matmul(concat, Wo);
  });
}

const eachRow = (x: Matrix[], change: (row: Row) => Row) => x.map((rows) => rows.map(change));
const affine = (x: Matrix[], W: Matrix, bias: Row) => x.map((rows) => matmul(rows, W).map((row) => add(row, bias)));
const centre = (row: Row) => row.map((value) => value - mean(row));
const meanSquare = (row: Row) => dot(row, row) / row.length;
const divide = (row: Row, divisor: number) => row.map((value) => value / divisor);
const standardise = (row: Row, eps: number) => divide(row, Math.sqrt(meanSquare(row) + eps));
const gelu = (z: number) => (z / 2) * (1 + erf(z / Math.SQRT2));

/** 2 / sqrt(pi) e^(-z^2) times the sum of 2^n z^(2n+1) / (1 3 5 ... (2n+1)): all terms have one sign, so nothing is lost. */
function erf(z: number): number {
  if (Math.abs(z) > 6) return Math.sign(z); // erf(6) differs from 1 by 2e-17
  let [term, sum] = [z, z];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) sum += term *= (2 * z * z) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
}

/** The block whose parts are joined in another way. */
const joined = (join: typeof preNorm) => ({
  transformerBlock: (input: BlockInput) => ({ out: join(input.x, partsOf(input)) }),
});

/** The block with others in the place of some parts. */
const exchanged = (others: (input: BlockInput) => Partial<Parts>) => ({
  transformerBlock: (input: BlockInput) => ({ out: preNorm(input.x, { ...partsOf(input), ...others(input) }) }),
});
const activatedBy = (activation: (z: number) => number) =>
  exchanged(({ W1, c1, W2, c2 }) => ({ feedForward: (x) => affine(mapNumbers(affine(x, W1, c1), activation), W2, c2) }));

/** Both norms, alone and in the block, where x is standardised in another way; only layerNorm takes the mean off. */
function normedBy(standardised: (x: Matrix[], eps: number, centre: (row: Row) => Row) => Matrix[]) {
  const norm = (x: Matrix[], gain: Row, bias: Row, eps: number, taken = centre) =>
    eachRow(standardised(x, eps, taken), (row) => row.map((value, i) => value * gain[i] + bias[i]));
  return {
    layerNorm: ({ x, gain, bias, eps }: LayerInput) => ({ out: norm(x, gain, bias, eps) }),
    rmsNorm: ({ x, gain, eps }: RmsInput) => ({ out: norm(x, gain, zerosLike(gain), eps, (row) => row) }),
    ...exchanged(({ g1, b1, g2, b2, eps }) => ({ norm1: (x) => norm(x, g1, b1, eps), norm2: (x) => norm(x, g2, b2, eps) })),
  };
}
const dividedBy = (divisor: (row: Row, eps: number) => number) =>
  normedBy((x, eps, centre) => eachRow(eachRow(x, centre), (row) => divide(row, divisor(row, eps))));

export const oracle = defineOracle({
  passes: { layerNorm, rmsNorm, transformerBlock },
  misconceptions: {
    'sample-variance': {
      when: 'the squares are divided by D - 1 instead of D',
      lookAt: 'The variance of a norm is the mean of the squares, divided by D: nothing is estimated here, the row is all there is.',
      passes: { ...dividedBy((row, eps) => Math.sqrt((meanSquare(row) * row.length) / (row.length - 1) + eps)), rmsNorm },
    },
    'eps-outside-the-root': {
      when: 'eps is added to the root instead of what stands under it',
      lookAt: 'sqrt(variance + eps), not sqrt(variance) + eps: add first, then take the root.',
      passes: dividedBy((row, eps) => Math.sqrt(meanSquare(row)) + eps),
    },
    'root-forgotten': {
      when: 'the row is divided by its variance instead of the root of it',
      lookAt: 'Divide by the square root, so that a row twice as large gives the same answer.',
      passes: dividedBy((row, eps) => meanSquare(row) + eps),
    },
    'normalised-over-time': {
      when: 'mean and variance are taken over the positions instead of the D numbers of one position',
      lookAt: 'A row knows nothing of other positions: take mean and variance along the last axis, and keep that axis with length 1.',
      passes: normedBy((x, eps, centre) => x.map((rows) => transpose(transpose(rows).map((column) => standardise(centre(column), eps))))),
    },
    'normalised-over-everything': {
      when: 'mean and variance are taken over the whole tensor',
      lookAt: 'Every row has a mean and a variance of its own: say along which axis, the last, and keep that axis with length 1.',
      passes: normedBy((x, eps, centre) => {
        const flat = standardise(centre(x.flat(2)), eps);
        let next = 0;
        return mapNumbers(x, () => flat[next++]);
      }),
    },
    'gain-and-bias-unused': {
      when: 'gain and bias are left out',
      lookAt: 'After the division each of the D columns is multiplied with its own gain, and in layerNorm its own bias is added.',
      passes: {
        layerNorm: (input: LayerInput) => layerNorm({ ...input, gain: onesLike(input.gain), bias: zerosLike(input.bias) }),
        rmsNorm: (input: RmsInput) => rmsNorm({ ...input, gain: onesLike(input.gain) }),
        transformerBlock: (input: BlockInput) =>
          transformerBlock({ ...input, g1: onesLike(input.g1), b1: zerosLike(input.b1), g2: onesLike(input.g2), b2: zerosLike(input.b2) }),
      },
    },
    'mean-taken-off-in-rms': {
      when: 'rmsNorm takes the mean off first, as layerNorm does',
      lookAt: 'RMS norm only divides: a row of equal numbers keeps its sign and does not become 0.',
      passes: { rmsNorm: (input: RmsInput) => layerNorm({ ...input, bias: zerosLike(input.gain) }) },
    },
    'norm-after-the-sum': {
      when: 'each norm stands behind the sum, layerNorm(x + part(x)), as in the Transformer of 2017',
      lookAt: 'Here the norm stands before the part: x + part(layerNorm(x)), so that x itself goes through untouched.',
      passes: joined((x, { norm1, norm2, attention, feedForward }) => {
        const a = norm1(add(x, attention(x)));
        return norm2(add(a, feedForward(a)));
      }),
    },
    'sum-with-the-norm': {
      when: 'what is added to the answer of each part is the normed row instead of the row itself',
      lookAt: 'The norm is for the part alone: add the answer to what stood there before the norm.',
      passes: joined((x, { norm1, norm2, attention, feedForward }) => {
        const a = add(norm1(x), attention(norm1(x)));
        return add(norm2(a), feedForward(norm2(a)));
      }),
    },
    'no-sum-after-attention': {
      when: 'x is not added to the answer of the attention',
      lookAt: 'a is x plus the answer of the attention: with Wo = 0 it is x.',
      passes: joined((x, { norm1, norm2, attention, feedForward }) => {
        const a = attention(norm1(x));
        return add(a, feedForward(norm2(a)));
      }),
    },
    'no-sum-after-feed-forward': {
      when: 'a is not added to the answer of the feed-forward part',
      lookAt: 'out is a plus the answer of the feed-forward part: with W2 = 0 and c2 = 0 it is a.',
      passes: joined((x, { norm1, norm2, attention, feedForward }) => feedForward(norm2(add(x, attention(norm1(x)))))),
    },
    'both-parts-read-x': {
      when: 'the feed-forward part reads x, so that it does not know what the attention found',
      lookAt: 'The second norm gets a, which already holds the answer of the attention.',
      passes: joined((x, { norm1, norm2, attention, feedForward }) => add(add(x, attention(norm1(x))), feedForward(norm2(x)))),
    },
    'one-norm-for-both': {
      when: 'the gain and bias of the first norm are used for the second one too',
      lookAt: 'The second norm has numbers of its own, g2 and b2.',
      passes: { transformerBlock: (input: BlockInput) => transformerBlock({ ...input, g2: input.g1, b2: input.b1 }) },
    },
    'gelu-by-tanh': {
      when: 'GELU is computed by the approximation with tanh',
      lookAt: 'The exact form is asked for, z / 2 (1 + erf(z / sqrt(2))), and tf.erf is there.',
      passes: activatedBy((z) => (z / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)))),
    },
    relu: {
      when: 'ReLU stands in the place of GELU',
      lookAt: 'GELU lets a little of a small negative number through: GELU(-1) is -0.1587.',
      passes: activatedBy((z) => Math.max(z, 0)),
    },
    'no-mask': {
      when: 'the attention in the block sees the future',
      lookAt: 'The attention is causal: position t may use the positions 0 to t.',
      passes: exchanged((input) => ({
        attention: (x) => eachHead(x, input, (q, k, v) => q.map((query) => weightedSum(softmax(scaledScores(query, k)), v))),
      })),
    },
  },
});
