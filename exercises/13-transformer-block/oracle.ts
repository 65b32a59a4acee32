import { defineOracle } from '#authoring';

type Table = number[][]; // [T][D]

interface RmsInput extends Record<string, number | number[] | Table[]> {
  x: Table[]; // [B][T][D]
  gain: number[]; // [D]
  eps: number;
}

interface LayerInput extends RmsInput {
  bias: number[]; // [D]
}

type BlockInput = { x: Table[]; heads: number; eps: number } & Record<'Wq' | 'Wk' | 'Wv' | 'Wo', Table> & // [D][D]
  Record<'g1' | 'b1' | 'g2' | 'b2', number[]> & // [D]
  Record<'W1' | 'W2', Table> & // [D][F] and [F][D]
  Record<'c1' | 'c2', number[]>; // [F] and [D]

type Answer = { out: Table[] };

/** What numbers are divided by, once their mean was taken off where that is to be done. */
type Divisor = (deviations: number[], eps: number, centred: boolean) => number;
/** Standardises x, with the mean taken off or not; which numbers belong together is its business. */
type Norm = (x: Table[], centred: boolean, eps: number) => Table[];
type Part = (x: Table[]) => Table[];
type Parts = Readonly<Record<'norm1' | 'norm2' | 'attention' | 'feedForward', Part>>;

const root: Divisor = (deviations, eps) => Math.sqrt(meanSquare(deviations) + eps);

function standardise(numbers: number[], centred: boolean, eps: number, divisor = root): number[] {
  const deviations = centred ? numbers.map((value) => value - mean(numbers)) : numbers;
  return deviations.map((value) => value / divisor(deviations, eps, centred));
}

const byRow: Norm = (x, centred, eps) => x.map((rows) => rows.map((row) => standardise(row, centred, eps)));

/** (x - mean) / sqrt(variance + eps) * gain + bias, over the numbers of each row. */
function layerNorm({ x, gain, bias, eps }: LayerInput, norm = byRow): Answer {
  return { out: norm(x, true, eps).map((rows) => rows.map((row) => row.map((value, i) => value * gain[i] + bias[i]))) };
}

/** x / sqrt(mean of x^2 + eps) * gain, over the numbers of each row. */
function rmsNorm({ x, gain, eps }: RmsInput, norm = byRow): Answer {
  return { out: norm(x, false, eps).map((rows) => rows.map((row) => row.map((value, i) => value * gain[i]))) };
}

/** a = x + multiHead(layerNorm(x)); out = a + feedForward(layerNorm(a)). */
function transformerBlock(input: BlockInput, arrange = asDefined, norm = byRow, activation = gelu, sees = past): Answer {
  const { x, g1, b1, g2, b2, eps } = input;
  const parts = {
    norm1: (y: Table[]) => layerNorm({ x: y, gain: g1, bias: b1, eps }, norm).out,
    norm2: (y: Table[]) => layerNorm({ x: y, gain: g2, bias: b2, eps }, norm).out,
    attention: (y: Table[]) => y.map((rows) => multiHead(rows, input, sees)),
    feedForward: (y: Table[]) => y.map((rows) => feedForward(rows, input, activation)),
  };
  return { out: arrange(x, parts) };
}

function asDefined(x: Table[], { norm1, norm2, attention, feedForward }: Parts): Table[] {
  const a = add(x, attention(norm1(x)));
  return add(a, feedForward(norm2(a)));
}

/** concat(head 0, ..., head N - 1) Wo of exercise 11; `sees` says how many keys query t may use. */
function multiHead(rows: Table, { Wq, Wk, Wv, Wo, heads }: BlockInput, sees: (t: number, T: number) => number): Table {
  const [q, k, v] = [Wq, Wk, Wv].map((W) => product(rows, W)); // [T][D]
  const d = Wq.length / heads;
  const answers = q.map((query, t) =>
    query.map((_, column) => {
      const first = column - (column % d); // of the head to which this column belongs
      const cut = (row: number[]) => row.slice(first, first + d);
      const e = k.slice(0, sees(t, rows.length)).map((key) => Math.exp(dot(cut(query), cut(key)) / Math.sqrt(d)));
      return e.reduce((sum, weight, s) => sum + weight * v[s][column], 0) / e.reduce((sum, weight) => sum + weight, 0);
    }),
  );
  return product(answers, Wo);
}

/** activation(x W1 + c1) W2 + c2, each row by itself. */
function feedForward(rows: Table, { W1, c1, W2, c2 }: BlockInput, activation: (z: number) => number): Table {
  const hidden = product(rows, W1).map((row) => row.map((value, f) => activation(value + c1[f]))); // [T][F]
  return product(hidden, W2).map((row) => row.map((value, i) => value + c2[i]));
}

const past = (t: number, _T: number) => t + 1;
const gelu = (z: number) => (z / 2) * (1 + erf(z / Math.SQRT2));
const geluByTanh = (z: number) => (z / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)));

/** 2 / sqrt(pi) e^(-z^2) times the sum of 2^n z^(2n+1) / (1 3 5 ... (2n+1)): all terms have one sign, so nothing is lost. */
function erf(z: number): number {
  if (Math.abs(z) > 6) return Math.sign(z); // erf(6) differs from 1 by 2e-17
  let [term, sum] = [z, z];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) sum += term *= (2 * z * z) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
}

const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const mean = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const meanSquare = (numbers: number[]) => mean(numbers.map((value) => value * value));
const product = (rows: Table, W: Table) => rows.map((row) => W[0].map((_, j) => row.reduce((sum, value, i) => sum + value * W[i][j], 0)));
const transpose = (rows: Table) => rows[0].map((_, j) => rows.map((row) => row[j]));
const add = (x: Table[], y: Table[]) => x.map((rows, n) => rows.map((row, t) => row.map((value, i) => value + y[n][t][i])));

/** Both norms done in another way, alone and in the block. */
const normedBy = (norm: Norm) => ({
  layerNorm: (input: LayerInput) => layerNorm(input, norm),
  rmsNorm: (input: RmsInput) => rmsNorm(input, norm),
  transformerBlock: (input: BlockInput) => transformerBlock(input, asDefined, norm),
});
const dividedBy = (divisor: Divisor) =>
  normedBy((x, centred, eps) => x.map((rows) => rows.map((row) => standardise(row, centred, eps, divisor))));
const arranged = (arrange: typeof asDefined) => ({ transformerBlock: (input: BlockInput) => transformerBlock(input, arrange) });
const activatedBy = (activation: (z: number) => number) => ({
  transformerBlock: (input: BlockInput) => transformerBlock(input, asDefined, byRow, activation),
});
const ones = (row: number[]) => row.map(() => 1);
const zeros = (row: number[]) => row.map(() => 0);

export const oracle = defineOracle({
  passes: { layerNorm, rmsNorm, transformerBlock },
  misconceptions: {
    'sample-variance': {
      when: 'the squares are divided by D - 1 instead of D',
      lookAt: 'The variance of a norm is the mean of the squares, divided by D: nothing is estimated here, the row is all there is.',
      passes: dividedBy((deviations, eps, centred) =>
        Math.sqrt((meanSquare(deviations) * deviations.length) / (deviations.length - (centred ? 1 : 0)) + eps),
      ),
    },
    'eps-outside-the-root': {
      when: 'eps is added to the root instead of what stands under it',
      lookAt: 'sqrt(variance + eps), not sqrt(variance) + eps: add first, then take the root.',
      passes: dividedBy((deviations, eps) => Math.sqrt(meanSquare(deviations)) + eps),
    },
    'root-forgotten': {
      when: 'the row is divided by its variance instead of the root of it',
      lookAt: 'Divide by the square root, so that a row twice as large gives the same answer.',
      passes: dividedBy((deviations, eps) => meanSquare(deviations) + eps),
    },
    'normalised-over-time': {
      when: 'mean and variance are taken over the positions instead of the D numbers of one position',
      lookAt: 'A row knows nothing of other positions: take mean and variance along the last axis, and keep that axis with length 1.',
      passes: normedBy((x, centred, eps) => x.map((rows) => transpose(transpose(rows).map((column) => standardise(column, centred, eps))))),
    },
    'normalised-over-everything': {
      when: 'mean and variance are taken over the whole tensor',
      lookAt: 'Every row has a mean and a variance of its own: say along which axis, the last, and keep that axis with length 1.',
      passes: normedBy((x, centred, eps) => {
        const flat = standardise(x.flat(2), centred, eps);
        const [T, D] = [x[0].length, x[0][0].length];
        return x.map((rows, n) => rows.map((_, t) => flat.slice((n * T + t) * D, (n * T + t + 1) * D)));
      }),
    },
    'gain-and-bias-unused': {
      when: 'gain and bias are left out',
      lookAt: 'After the division each of the D columns is multiplied with its own gain, and in layerNorm its own bias is added.',
      passes: {
        layerNorm: (input: LayerInput) => layerNorm({ ...input, gain: ones(input.gain), bias: zeros(input.bias) }),
        rmsNorm: (input: RmsInput) => rmsNorm({ ...input, gain: ones(input.gain) }),
        transformerBlock: (input: BlockInput) =>
          transformerBlock({ ...input, g1: ones(input.g1), b1: zeros(input.b1), g2: ones(input.g2), b2: zeros(input.b2) }),
      },
    },
    'mean-taken-off-in-rms': {
      when: 'rmsNorm takes the mean off first, as layerNorm does',
      lookAt: 'RMS norm only divides: a row of equal numbers keeps its sign and does not become 0.',
      passes: { rmsNorm: (input: RmsInput) => layerNorm({ ...input, bias: zeros(input.gain) }) },
    },
    'norm-after-the-sum': {
      when: 'each norm stands behind the sum, layerNorm(x + part(x)), as in the Transformer of 2017',
      lookAt: 'Here the norm stands before the part: x + part(layerNorm(x)), so that x itself goes through untouched.',
      passes: arranged((x, { norm1, norm2, attention, feedForward }) => {
        const a = norm1(add(x, attention(x)));
        return norm2(add(a, feedForward(a)));
      }),
    },
    'sum-with-the-norm': {
      when: 'what is added to the answer of each part is the normed row instead of the row itself',
      lookAt: 'The norm is for the part alone: add the answer to what stood there before the norm.',
      passes: arranged((x, { norm1, norm2, attention, feedForward }) => {
        const a = add(norm1(x), attention(norm1(x)));
        return add(norm2(a), feedForward(norm2(a)));
      }),
    },
    'no-sum-after-attention': {
      when: 'x is not added to the answer of the attention',
      lookAt: 'a is x plus the answer of the attention: with Wo = 0 it is x.',
      passes: arranged((x, { norm1, norm2, attention, feedForward }) => {
        const a = attention(norm1(x));
        return add(a, feedForward(norm2(a)));
      }),
    },
    'no-sum-after-feed-forward': {
      when: 'a is not added to the answer of the feed-forward part',
      lookAt: 'out is a plus the answer of the feed-forward part: with W2 = 0 and c2 = 0 it is a.',
      passes: arranged((x, { norm1, norm2, attention, feedForward }) => feedForward(norm2(add(x, attention(norm1(x)))))),
    },
    'both-parts-read-x': {
      when: 'the feed-forward part reads x, so that it does not know what the attention found',
      lookAt: 'The second norm gets a, which already holds the answer of the attention.',
      passes: arranged((x, { norm1, norm2, attention, feedForward }) => add(add(x, attention(norm1(x))), feedForward(norm2(x)))),
    },
    'one-norm-for-both': {
      when: 'the gain and bias of the first norm are used for the second one too',
      lookAt: 'The second norm has numbers of its own, g2 and b2.',
      passes: { transformerBlock: (input: BlockInput) => transformerBlock({ ...input, g2: input.g1, b2: input.b1 }) },
    },
    'gelu-by-tanh': {
      when: 'GELU is computed by the approximation with tanh',
      lookAt: 'The exact form is asked for, z / 2 (1 + erf(z / sqrt(2))), and tf.erf is there.',
      passes: activatedBy(geluByTanh),
    },
    relu: {
      when: 'ReLU stands in the place of GELU',
      lookAt: 'GELU lets a little of a small negative number through: GELU(-1) is -0.1587.',
      passes: activatedBy((z) => Math.max(z, 0)),
    },
    'no-mask': {
      when: 'the attention in the block sees the future',
      lookAt: 'The attention is causal: position t may use the positions 0 to t.',
      passes: { transformerBlock: (input: BlockInput) => transformerBlock(input, asDefined, byRow, gelu, (_, T) => T) },
    },
  },
});
