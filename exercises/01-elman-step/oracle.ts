import { add, defineOracle, mapNumbers, matmul, sigmoid, transpose, transposeSquare, zerosLike } from '#authoring';

type Input = {
  x: number[][]; // [B][I]
  h: number[][]; // [B][H]
  Wx: number[][]; // [I][H]
  Wh: number[][]; // [H][H]
  b: number[]; // [H]
};

/** The new state tanh(x Wx + h Wh + b), as the definition says it. */
function elmanStep(input: Input): { h: number[][] } {
  return { h: mapNumbers(beforeTanh(input), Math.tanh) };
}

/** The sum inside the tanh: what comes from the input, what comes from the state, and the bias. */
function beforeTanh({ x, h, Wx, Wh, b }: Input): number[][] {
  return add(matmul(x, Wx), matmul(h, Wh)).map((row) => add(row, b)); // [B][H]
}

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
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, Wx: transposeSquare(input.Wx) }) },
    },
    'weights-exchanged': {
      when: 'Wx and Wh have changed places, which only a square Wx allows',
      lookAt: 'Wx stands with the input x, Wh with the state h.',
      passes: {
        elmanStep: (input: Input) => elmanStep(input.Wx.length === input.Wh.length ? { ...input, Wx: input.Wh, Wh: input.Wx } : input),
      },
    },
    'bias-missing': {
      when: 'the bias b is left out',
      lookAt: 'The sum inside the tanh has three terms: x Wx, h Wh and b.',
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, b: zerosLike(input.b) }) },
    },
    'bias-after-tanh': {
      when: 'the bias is added after the tanh instead of before it',
      lookAt: 'All three terms stand inside the brackets: add x Wx, h Wh and b first, and take the tanh of the whole sum last.',
      passes: { elmanStep: (input: Input) => ({ h: elmanStep({ ...input, b: zerosLike(input.b) }).h.map((row) => add(row, input.b)) }) },
    },
    'state-forgotten': {
      when: 'the old state is left out, so that nothing is remembered',
      lookAt: 'The sum inside the tanh has three terms, and the old state brings one of them: h Wh.',
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, h: zerosLike(input.h) }) },
    },
    'input-forgotten': {
      when: 'the input is left out, so that nothing is read',
      lookAt: 'The sum inside the tanh has three terms, and the input brings one of them: x Wx.',
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, x: zerosLike(input.x) }) },
    },
    'tanh-missing': {
      when: 'the tanh is left out',
      lookAt: 'The sum goes through tanh, so no number of the new state is larger than 1 or smaller than -1.',
      passes: { elmanStep: (input: Input) => ({ h: beforeTanh(input) }) },
    },
    'sigmoid-for-tanh': {
      when: 'the sum goes through the sigmoid instead of the tanh',
      lookAt: 'tanh gives numbers from -1 to 1 and 0 for 0; the sigmoid gives numbers from 0 to 1 and one half for 0.',
      passes: { elmanStep: (input: Input) => ({ h: mapNumbers(beforeTanh(input), sigmoid) }) },
    },
    'added-to-the-old-state': {
      when: 'the tanh is added to the old state instead of taking its place',
      lookAt: 'The new state is the tanh alone; the old state comes in through h Wh, inside the brackets.',
      passes: { elmanStep: (input: Input) => ({ h: add(input.h, elmanStep(input).h) }) },
    },
    'first-sequence-for-all': {
      when: 'every sequence of the batch goes on from the state of the first one',
      lookAt: 'Row n of h belongs to row n of x: multiply the whole h, [B, H], and take no row out of it.',
      passes: { elmanStep: (input: Input) => elmanStep({ ...input, h: input.h.map(() => input.h[0]) }) },
    },
  },
});
