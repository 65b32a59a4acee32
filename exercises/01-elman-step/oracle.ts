import { defineOracle } from '#authoring';

interface Input extends Record<string, number[] | number[][]> {
  x: number[][]; // [B][I]
  h: number[][]; // [B][H]
  Wx: number[][]; // [I][H]
  Wh: number[][]; // [H][H]
  b: number[]; // [H]
}

interface Answer extends Record<string, number[][]> {
  h: number[][]; // [B][H]
}

/** The new state tanh(x Wx + h Wh + b), as the definition says it. */
function elmanStep(input: Input): Answer {
  return eachNumber(input, (z) => Math.tanh(z));
}

/** Makes every number of the new state from the sum z, of which the bias is a part. */
function eachNumber({ x, h, Wx, Wh, b }: Input, make: (z: number, bias: number, old: number) => number): Answer {
  const states = x.map((row, n) =>
    b.map((bias, j) => {
      let z = bias;
      for (let i = 0; i < row.length; i++) z += row[i] * Wx[i][j];
      for (let i = 0; i < h[n].length; i++) z += h[n][i] * Wh[i][j];
      return make(z, bias, h[n][j]);
    }),
  );
  return { h: states };
}

const transpose = (W: number[][]) => W[0].map((_, j) => W.map((row) => row[j]));
const isSquare = (W: number[][]) => W.length === W[0].length;
const zeros = (rows: number[][]) => rows.map((row) => row.map(() => 0));

export const oracle = defineOracle({
  passes: { elmanStep },
  misconceptions: {
    'state-weights-transposed': {
      when: 'the state is multiplied with the transpose of Wh',
      lookAt: 'Row vectors stand on the left: h Wh, with Wh[i][j] leading from the old unit i to the new unit j.',
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, Wh: transpose(input.Wh) }) },
    },
    'input-weights-transposed': {
      when: 'the input is multiplied with the transpose of Wx, which only a square Wx allows',
      lookAt: 'Row vectors stand on the left: x Wx with Wx of shape [I, H]. With I = H the shapes no longer tell you, only the numbers do.',
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, Wx: isSquare(input.Wx) ? transpose(input.Wx) : input.Wx }) },
    },
    'weights-exchanged': {
      when: 'Wx and Wh have changed places, which only a square Wx allows',
      lookAt: 'Wx stands with the input x, Wh with the state h.',
      passes: { elmanStep: (input: Input) => elmanStep(isSquare(input.Wx) ? { ...input, Wx: input.Wh, Wh: input.Wx } : input) },
    },
    'bias-missing': {
      when: 'the bias b is left out',
      lookAt: 'The sum inside the tanh has three terms: x Wx, h Wh and b.',
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, b: input.b.map(() => 0) }) },
    },
    'bias-after-tanh': {
      when: 'the bias is added after the tanh instead of before it',
      lookAt: 'All three terms stand inside the brackets: add x Wx, h Wh and b first, and take the tanh of the whole sum last.',
      passes: { elmanStep: (input: Input) => eachNumber(input, (z, bias) => Math.tanh(z - bias) + bias) },
    },
    'state-forgotten': {
      when: 'the old state is left out, so that nothing is remembered',
      lookAt: 'The sum inside the tanh has three terms, and the old state brings one of them: h Wh.',
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, h: zeros(input.h) }) },
    },
    'input-forgotten': {
      when: 'the input is left out, so that nothing is read',
      lookAt: 'The sum inside the tanh has three terms, and the input brings one of them: x Wx.',
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, x: zeros(input.x) }) },
    },
    'tanh-missing': {
      when: 'the tanh is left out',
      lookAt: 'The sum goes through tanh, so no number of the new state is larger than 1 or smaller than -1.',
      passes: { elmanStep: (input: Input) => eachNumber(input, (z) => z) },
    },
    'sigmoid-for-tanh': {
      when: 'the sum goes through the sigmoid instead of the tanh',
      lookAt: 'tanh gives numbers from -1 to 1 and 0 for 0; the sigmoid gives numbers from 0 to 1 and one half for 0.',
      passes: { elmanStep: (input: Input) => eachNumber(input, (z) => 1 / (1 + Math.exp(-z))) },
    },
    'added-to-the-old-state': {
      when: 'the tanh is added to the old state instead of taking its place',
      lookAt: 'The new state is the tanh alone; the old state comes in through h Wh, inside the brackets.',
      passes: { elmanStep: (input: Input) => eachNumber(input, (z, _, old) => old + Math.tanh(z)) },
    },
    'first-sequence-for-all': {
      when: 'every sequence of the batch goes on from the state of the first one',
      lookAt: 'Row n of h belongs to row n of x: multiply the whole h, [B, H], and take no row out of it.',
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, h: input.h.map(() => input.h[0]) }) },
    },
  },
});
