import { add, cut, defineOracle, mapNumbers, rowTimes, statesBefore, transpose, transposeSquare, zerosLike } from '#authoring';

type Input = {
  x: number[][][]; // [B][T][I]
  h0: number[][]; // [B][H]
  Wx: number[][]; // [I][H]
  Wh: number[][]; // [H][H]
  b: number[]; // [H]
};
type Answer = { h: number[][][]; hT: number[][] }; // [B][T][H] and [B][H]

/** h[t] = tanh(x[t] Wx + h[t-1] Wh + b), as the definition says it. */
function elmanSequence(input: Input): Answer {
  return carry(input, (xT, h) => beforeTanh(xT, h, input).map(Math.tanh));
}

/** The sum inside the tanh: what comes from the input, what comes from the state, and the bias. */
function beforeTanh(xT: number[], h: number[], { Wx, Wh, b }: Input): number[] {
  return add(add(rowTimes(xT, Wx), rowTimes(h, Wh)), b);
}

/** Carries a state through every sequence by itself, from h0 on. */
function carry({ x, h0 }: Input, step: (xT: number[], h: number[]) => number[]): Answer {
  const h = x.map((xs, n) => {
    let state = h0[n];
    return xs.map((xT) => (state = step(xT, state)));
  });
  return withLast(h);
}

const withLast = (h: number[][][]): Answer => ({ h, hT: h.map((states) => states[states.length - 1]) });

/** The sum itself is carried from step to step. */
const withoutTanh = (input: Input) => carry(input, (xT, h) => beforeTanh(xT, h, input));

export const oracle = defineOracle({
  passes: { elmanSequence },
  misconceptions: {
    'start-at-every-step': {
      when: 'every step begins at h0 again, so that nothing is remembered',
      lookAt: 'Step t begins at the state that step t-1 ended with; h0 is used once, by the first step.',
      passes: {
        elmanSequence: (input: Input) =>
          withLast(input.x.map((xs, n) => xs.map((xT) => beforeTanh(xT, input.h0[n], input).map(Math.tanh)))),
      },
    },
    'start-forgotten': {
      when: 'the state before the first step is taken to be zero instead of h0',
      lookAt: 'The first step reads h0: h[0] = tanh(x[0] Wx + h0 Wh + b).',
      passes: { elmanSequence: (input: Input) => elmanSequence({ ...input, h0: zerosLike(input.h0) }) },
    },
    'one-step-late': {
      when: 'each position answers with the state before its own step',
      lookAt: 'Make the step first and keep its answer after that: h[0] has already seen x[0].',
      passes: {
        elmanSequence: (input: Input) => {
          const { h, hT } = elmanSequence(input);
          return { h: statesBefore(h, input.h0), hT };
        },
      },
    },
    'state-weights-transposed': {
      when: 'the state is multiplied with the transpose of Wh',
      lookAt: 'Row vectors stand on the left: h Wh, with Wh[i][j] leading from the old unit i to the new unit j.',
      passes: { elmanSequence: (input: Input) => elmanSequence({ ...input, Wh: transpose(input.Wh) }) },
    },
    'input-weights-transposed': {
      when: 'the input is multiplied with the transpose of Wx, which only a square Wx allows',
      lookAt: 'Row vectors stand on the left: x Wx with Wx of shape [I, H]. With I = H the shapes no longer tell you, only the numbers do.',
      passes: { elmanSequence: (input: Input) => elmanSequence({ ...input, Wx: transposeSquare(input.Wx) }) },
    },
    'weights-exchanged': {
      when: 'Wx and Wh have changed places, which only a square Wx allows',
      lookAt: 'Wx stands with the input x[t], Wh with the state h[t-1].',
      passes: {
        elmanSequence: (input: Input) =>
          elmanSequence(input.Wx.length === input.Wh.length ? { ...input, Wx: input.Wh, Wh: input.Wx } : input),
      },
    },
    'bias-missing': {
      when: 'the bias b is left out',
      lookAt: 'The sum inside the tanh has three terms: x[t] Wx, h[t-1] Wh and b.',
      passes: { elmanSequence: (input: Input) => elmanSequence({ ...input, b: zerosLike(input.b) }) },
    },
    'tanh-missing': {
      when: 'the tanh is left out',
      lookAt: 'Every new state goes through tanh, so no number of h is larger than 1 or smaller than -1.',
      passes: { elmanSequence: withoutTanh },
    },
    'tanh-on-the-way-out-only': {
      when: 'the sum is carried from step to step and tanh is applied only to what is answered',
      lookAt: 'The next step reads the state after its tanh, the same numbers that you answer with.',
      passes: { elmanSequence: (input: Input) => withLast(mapNumbers(withoutTanh(input).h, Math.tanh)) },
    },
    'time-reversed': {
      when: 'the steps are made from the end of the sequence to its start',
      lookAt: 'Begin with x[0] and end with x[T-1]; hT is the state after x[T-1].',
      passes: { elmanSequence: (input: Input) => elmanSequence({ ...input, x: input.x.map((xs) => xs.toReversed()) }) },
    },
    'first-state-last': {
      when: 'hT is the state after the first step instead of the last',
      lookAt: 'hT is h[T-1], what you would hand to the next part of the same sequence.',
      passes: {
        elmanSequence: (input: Input) => ({ ...elmanSequence(input), hT: elmanSequence({ ...input, x: cut(input.x, 1, 0, 1) }).hT }),
      },
    },
    'state-handed-to-the-next-sequence': {
      when: 'a sequence of the batch begins where the sequence before it ended',
      lookAt: 'The sequences of a batch know nothing of each other: sequence n begins at row n of h0.',
      passes: {
        elmanSequence: (input: Input) => {
          let last = input.h0[0];
          return carry(input, (xT) => (last = beforeTanh(xT, last, input).map(Math.tanh)));
        },
      },
    },
  },
});
