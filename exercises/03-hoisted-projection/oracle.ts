import { defineOracle, samePasses } from '#authoring';
import { add, mapNumbers, matmul, rowTimes, scale, statesBefore, transpose, transposeSquare, zerosLike } from '#authoring';

type Input = {
  x: number[][][]; // [B][T][I]
  h0: number[][]; // [B][H]
  Wx: number[][]; // [I][H]
  Wh: number[][]; // [H][H]
  b: number[]; // [H]
};
type Answer = { h: number[][][]; hT: number[][] }; // [B][T][H] and [B][H]

/** h[t] = tanh(x[t] Wx + h[t-1] Wh + b), as the definition says it. */
function elman(input: Input): Answer {
  return loop(project(input), input);
}

/** What the inputs bring to every step: x[t] Wx + b, which needs no state. */
function project({ x, Wx, b }: Input): number[][][] {
  return x.map((xs) => matmul(xs, Wx).map((row) => add(row, b))); // [B][T][H]
}

/** What is left in the loop: h[t] = tanh(a[t] + h[t-1] Wh). */
function loop(a: number[][][], { h0, Wh }: Input): Answer {
  return carry(a, h0, (aT, h) => add(aT, rowTimes(h, Wh)).map(Math.tanh));
}

/** Carries a state through every sequence by itself; the last state is the last of the answers. */
function carry(a: number[][][], h0: number[][], step: (aT: number[], h: number[]) => number[]): Answer {
  const h = a.map((as, n) => {
    let state = h0[n];
    return as.map((aT) => (state = step(aT, state)));
  });
  return { h, hT: h.map((states) => states[states.length - 1]) };
}

const both = samePasses('elmanSequential', 'elmanParallel');
const parallel = samePasses('elmanParallel');

export const oracle = defineOracle({
  passes: both(elman),
  misconceptions: {
    'state-hoisted-too': {
      when: 'the product with the state has left the loop as well, so that every step begins at h0',
      lookAt: 'h[t-1] Wh must wait for h[t-1]; only what the inputs alone decide can be computed before the loop.',
      passes: parallel((input: Input) => {
        const fromStart = matmul(input.h0, input.Wh); // [B][H]
        const sums = project(input).map((as, n) => as.map((aT) => add(aT, fromStart[n])));
        return loop(sums, { ...input, Wh: zerosLike(input.Wh) });
      }),
    },
    'bias-twice': {
      when: 'the bias is added before the loop and again inside it',
      lookAt: 'The bias belongs to each step once: with the hoisted product, or in the loop, not both.',
      passes: parallel((input: Input) => loop(project({ ...input, b: scale(2, input.b) }), input)),
    },
    'bias-missing': {
      when: 'the bias b is left out',
      lookAt: 'What is computed before the loop is x[t] Wx + b; the b is easily lost on the way.',
      passes: both((input: Input) => elman({ ...input, b: zerosLike(input.b) })),
    },
    'batch-and-time-exchanged': {
      when: 'the rows of the hoisted product are read as T steps of B sequences instead of B sequences of T steps',
      lookAt: 'x is [B, T, I], so its rows come sequence by sequence: after the product the shape is [B, T, H], and time is axis 1.',
      passes: parallel((input: Input) => {
        const rows = project(input).flat(); // [B T][H] sequence by sequence
        const B = input.x.length;
        const misread = input.x.map((xs, n) => xs.map((_, t) => rows[t * B + n]));
        return loop(misread, input);
      }),
    },
    'tanh-hoisted-too': {
      when: 'a tanh is applied before the loop as well, to what the inputs bring',
      lookAt: 'tanh(a + b) is not made of tanh(a): the tanh must see the sum of all three terms, so it stays in the loop.',
      passes: parallel((input: Input) => loop(mapNumbers(project(input), Math.tanh), input)),
    },
    'tanh-only-before-the-loop': {
      when: 'the tanh has moved out of the loop, and the loop only adds',
      lookAt: 'The tanh must see the sum of all three terms, and one of them is made of the state: it stays in the loop.',
      passes: parallel((input: Input) => carry(mapNumbers(project(input), Math.tanh), input.h0, (aT, h) => add(aT, rowTimes(h, input.Wh)))),
    },
    'first-input-for-all': {
      when: 'every step takes the product of the first input',
      lookAt: 'Step t of the loop takes row t of the hoisted product.',
      passes: parallel((input: Input) => elman({ ...input, x: input.x.map((xs) => xs.map(() => xs[0])) })),
    },
    'forgets-far-steps': {
      when: 'a position looks back 32 steps and no further, as if the state before them were h0',
      lookAt: 'A unit can hold what it has seen for as long as the sequence lasts: the loop must carry the state through all T steps.',
      passes: parallel((input: Input) => {
        const recent = (as: number[][], t: number) => as.slice(Math.max(0, t - 31), t + 1);
        const h = project(input).map((as, n) => as.map((_, t) => loop([recent(as, t)], { ...input, h0: [input.h0[n]] }).hT[0]));
        return { h, hT: h.map((states) => states[states.length - 1]) };
      }),
    },
    'start-forgotten': {
      when: 'the state before the first step is taken to be zero instead of h0',
      lookAt: 'The first step reads h0: h[0] = tanh(x[0] Wx + h0 Wh + b).',
      passes: both((input: Input) => elman({ ...input, h0: zerosLike(input.h0) })),
    },
    'one-step-late': {
      when: 'each position answers with the state before its own step',
      lookAt: 'Make the step first and keep its answer after that: h[0] has already seen x[0].',
      passes: both((input: Input) => {
        const { h, hT } = elman(input);
        return { h: statesBefore(h, input.h0), hT };
      }),
    },
    'state-weights-transposed': {
      when: 'the state is multiplied with the transpose of Wh',
      lookAt: 'Row vectors stand on the left: h Wh, with Wh[i][j] leading from the old unit i to the new unit j.',
      passes: both((input: Input) => elman({ ...input, Wh: transpose(input.Wh) })),
    },
    'input-weights-transposed': {
      when: 'the input is multiplied with the transpose of Wx, which only a square Wx allows',
      lookAt: 'Row vectors stand on the left: x Wx with Wx of shape [I, H]. With I = H the shapes no longer tell you, only the numbers do.',
      passes: both((input: Input) => elman({ ...input, Wx: transposeSquare(input.Wx) })),
    },
  },
});
