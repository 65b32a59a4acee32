import { defineOracle } from '#authoring';
import { add, cut, mapNumbers, matmul, rowTimes, scale, statesBefore, transpose, transposeSquare, zerosLike, zipNumbers } from '#authoring';

type Forward = {
  x: number[][][]; // [B][T][I]
  h0: number[][]; // [B][H]
  Wx: number[][]; // [I][H]
  Wh: number[][]; // [H][H]
  b: number[]; // [H]
};
type Input = Forward & {
  dh: number[][][]; // [B][T][H]
  window?: number;
};
type Gradients = {
  dx: number[][][]; // [B][T][I]
  dh0: number[][]; // [B][H]
  dWx: number[][]; // [I][H]
  dWh: number[][]; // [H][H]
  db: number[]; // [H]
};

/** h[t] = tanh(x[t] Wx + h[t-1] Wh + b), as the definition says it. */
function elmanSequence({ x, h0, Wx, Wh, b }: Forward): { h: number[][][]; hT: number[][] } {
  const h = x.map((xs, n) => {
    let state = h0[n];
    return xs.map((xT) => (state = add(add(rowTimes(xT, Wx), rowTimes(state, Wh)), b).map(Math.tanh)));
  });
  return { h, hT: h.map((states) => states[states.length - 1]) };
}

/** The gradients of the sum over all states of dh[t] h[t], piece by piece where there is a window. */
function elmanBackward(input: Input): Gradients {
  const { h } = elmanSequence(input);
  return collect(input, h, errors(input, h));
}

/** delta[t] = (dh[t] + delta[t+1] Wh^T) (1 - h[t]^2), the gradient by the sum inside the tanh of step t. */
function errors(input: Input, h: number[][][]): number[][][] {
  return h.map((states, n) => {
    const delta = zerosLike(states);
    let carry = zerosLike(states[0]);
    for (let t = states.length - 1; t >= 0; t--) {
      delta[t] = backThroughTanh(add(input.dh[n][t], carry), states[t]);
      carry = handOn(input, delta[t], t);
    }
    return delta; // [T][H]
  });
}

/** A gradient by states, made one by the sums inside the tanh that they came out of. */
const backThroughTanh = <X extends number[] | number[][][]>(gradient: X, h: X): X =>
  zipNumbers(gradient, h, (g, value) => g * (1 - value * value));

/** What step t reports to the step before it: nothing where a piece begins. */
function handOn({ Wh, window = Infinity }: Input, delta: number[], t: number): number[] {
  return t > 0 && t % window === 0 ? zerosLike(delta) : rowTimes(delta, transpose(Wh));
}

/** What the errors mean for the inputs: each weight adds up, over sequences and steps, what came in on its left times the error on its right. */
function collect(input: Input, h: number[][][], delta: number[][][]): Gradients {
  const before = statesBefore(h, input.h0); // row t is h[t-1]
  return {
    dx: delta.map((rows) => matmul(rows, transpose(input.Wx))),
    dh0: delta.map((rows) => handOn(input, rows[0], 0)),
    dWx: addUp(input.x, delta),
    dWh: addUp(before, delta),
    db: delta.flat().reduce((sum, row) => add(sum, row)),
  };
}

/** [B][T][I] and [B][T][H] to [I][H]. */
const addUp = (left: number[][][], delta: number[][][]) => matmul(transpose(left.flat()), delta.flat());

/** The backward pass from the states of the forward pass, taken another way. */
const backward = (how: (input: Input, h: number[][][]) => Gradients) => ({
  elmanBackward: (input: Input) => how(input, elmanSequence(input).h),
});
const withErrors = (errorsOf: typeof errors) => backward((input, h) => collect(input, h, errorsOf(input, h)));

export const oracle = defineOracle({
  passes: { elmanSequence, elmanBackward },
  misconceptions: {
    'start-forgotten': {
      when: 'the forward pass begins at zero instead of h0',
      lookAt: 'The first step reads h0: h[0] = tanh(x[0] Wx + h0 Wh + b), and so does the forward pass inside elmanBackward.',
      passes: {
        elmanSequence: (input: Forward) => elmanSequence({ ...input, h0: zerosLike(input.h0) }),
        elmanBackward: (input: Input) => elmanBackward({ ...input, h0: zerosLike(input.h0) }),
      },
    },
    'slope-missing': {
      when: 'the slope of the tanh, 1 - h[t]^2, is left out',
      lookAt: 'The gradient by h[t] becomes the gradient by the sum inside the tanh when it is multiplied with 1 - h[t]^2.',
      passes: withErrors((input, h) => errors(input, zerosLike(h))),
    },
    'slope-of-a-second-tanh': {
      when: 'the slope is taken as 1 - tanh(h[t])^2, although h[t] is already what the tanh gave',
      lookAt: 'h[t] has been through the tanh: its slope there is 1 - h[t]^2, and no further tanh is needed.',
      passes: withErrors((input, h) => errors(input, mapNumbers(h, Math.tanh))),
    },
    'slope-without-the-carry': {
      when: 'only dh[t] is multiplied with the slope of the tanh, and the carry is added after that',
      lookAt: 'Both ways to the loss begin at h[t]: add dh[t] and the carry first, and multiply the sum with 1 - h[t]^2.',
      passes: withErrors((input, h) => errors({ ...input, dh: backThroughTanh(input.dh, h) }, zerosLike(h))),
    },
    'carry-missing': {
      when: 'each step uses its own dh[t] only, and hears nothing of the steps after it',
      lookAt: 'h[t] works on the loss twice, by itself and through h[t+1]: add the carry of step t+1 to dh[t].',
      passes: { elmanBackward: (input: Input) => elmanBackward({ ...input, window: 1 }) },
    },
    'last-state-only': {
      when: 'only the dh of the last state is used, as if the loss looked at no other',
      lookAt: 'Every state has a dh of its own: at each step it is added to the carry.',
      passes: {
        elmanBackward: (input: Input) =>
          elmanBackward({ ...input, dh: input.dh.map((rows) => [...zerosLike(rows.slice(0, -1)), ...rows.slice(-1)]) }),
      },
    },
    'weights-overwritten': {
      when: 'the gradients of Wx, Wh and b are set at each step instead of added up, so that only step 0 is left',
      lookAt: 'The same weights work at every step: dWx, dWh and db are sums over all steps.',
      passes: backward((input, h) => {
        const first = errors(input, h).map((rows) => zerosLike(rows).with(0, rows[0]));
        return { ...collect(input, h, first), dx: elmanBackward(input).dx };
      }),
    },
    'state-after-in-dWh': {
      when: 'dWh is made with h[t], the state after the step, instead of h[t-1]',
      lookAt: 'Wh multiplies the state before the step: the partner of delta[t] is h[t-1], and for t = 0 it is h0.',
      passes: backward((input, h) => ({ ...elmanBackward(input), dWh: addUp(h, errors(input, h)) })),
    },
    'state-weights-not-transposed': {
      when: 'the carry goes back through Wh instead of through its transpose',
      lookAt: 'Forwards h[t-1] Wh, backwards delta[t] times the transpose of Wh: what goes back to unit i is row i of Wh times delta[t].',
      passes: backward((input, h) => {
        const turned = { ...input, Wh: transpose(input.Wh) };
        return collect(turned, h, errors(turned, h));
      }),
    },
    'input-weights-not-transposed': {
      when: 'dx is made with Wx instead of its transpose, which only a square Wx allows',
      lookAt: 'Forwards x[t] Wx, backwards delta[t] times the transpose of Wx, which turns [B, H] into [B, I].',
      passes: backward((input, h) => collect({ ...input, Wx: transposeSquare(input.Wx) }, h, errors(input, h))),
    },
    'start-not-multiplied': {
      when: 'dh0 is delta[0] itself, without its way back through Wh',
      lookAt: 'h0 enters step 0 as h0 Wh: its gradient is delta[0] times the transpose of Wh, the carry that leaves step 0.',
      passes: backward((input, h) => ({ ...elmanBackward(input), dh0: errors(input, h).map((rows) => rows[0]) })),
    },
    'forwards-in-time': {
      when: 'the carry goes from step 0 to the last step instead of backwards',
      lookAt: 'Begin at the last step, where there is no carry, and end at step 0: gradients travel against the direction of time.',
      passes: backward((input, h) => {
        const delta = h.map((states, n) => {
          let carry = zerosLike(states[0]);
          return states.map((hT, t) => {
            const error = backThroughTanh(add(input.dh[n][t], carry), hT);
            carry = handOn(input, error, t);
            return error;
          });
        });
        return { ...collect(input, h, delta), dh0: delta.map((rows) => handOn(input, rows[rows.length - 1], rows.length - 1)) };
      }),
    },
    'averaged-over-the-batch': {
      when: 'the gradients of Wx, Wh and b are divided by the number of sequences',
      lookAt: 'Add over the batch and do not divide: whether the loss is an average is already in dh.',
      passes: backward((input, h) => {
        const { dx, dh0 } = elmanBackward(input);
        return { ...collect(input, h, scale(1 / input.x.length, errors(input, h))), dx, dh0 };
      }),
    },
    'window-ignored': {
      when: 'the window changes nothing, and the gradient passes through the whole sequence',
      lookAt:
        'With a window the carry is replaced by zeros where a piece ends: between step t and t-1 wherever t is a multiple of the window.',
      passes: { elmanBackward: (input: Input) => elmanBackward({ ...input, window: Infinity }) },
    },
    'window-one-off': {
      when: 'the pieces end one step too early, so that the first one has a step less than the window',
      lookAt:
        'The first piece holds the steps 0 to window - 1: the cut lies between step t and t-1 where t itself is a multiple of the window.',
      passes: withErrors((input, h) => {
        const later = (rows: number[][][]) => rows.map((row) => [zerosLike(row[0]), ...row]); // as if one more step came first
        return cut(errors({ ...input, dh: later(input.dh) }, later(h)), 1, 1);
      }),
    },
    'start-cut-too': {
      when: 'the gradient is cut before step 0 as well, so that dh0 is zero',
      lookAt: 'The first piece begins at h0 and may report to it: nothing is cut before step 0, although 0 % window is 0 for every window.',
      passes: { elmanBackward: (input: Input) => ({ ...elmanBackward(input), dh0: zerosLike(input.h0) }) },
    },
    'window-slides': {
      when: 'every dh[t] travels back its own window of steps, instead of to the beginning of its piece',
      lookAt: 'The borders stand still: a gradient stops where its piece begins, whether it has come one step or nearly the whole window.',
      passes: withErrors(({ window = Infinity, ...input }, h) => {
        const within = (rows: number[][][], t: number) => cut(rows, 1, t, t + window);
        const first = h[0].map((_, t) => errors({ ...input, dh: within(input.dh, t) }, within(h, t))); // [T] and in it [B][...]
        return h.map((states, n) => states.map((_, t) => first[t][n][0]));
      }),
    },
  },
});
