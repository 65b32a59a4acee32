import { defineOracle } from '#authoring';

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

interface Gradients extends Record<string, number[] | number[][] | number[][][]> {
  dx: number[][][]; // [B][T][I]
  dh0: number[][]; // [B][H]
  dWx: number[][]; // [I][H]
  dWh: number[][]; // [H][H]
  db: number[]; // [H]
}

/** h[t] = tanh(x[t] Wx + h[t-1] Wh + b), as the definition says it. */
function elmanSequence({ x, h0, Wx, Wh, b }: Forward): { h: number[][][]; hT: number[][] } {
  const h = x.map((xs, n) => {
    let state = h0[n];
    return xs.map((row) => (state = add(add(times(row, Wx), times(state, Wh)), b).map(Math.tanh)));
  });
  return { h, hT: h.map((states) => states[states.length - 1]) };
}

/** The gradients of the sum over all states of dh[t] h[t], piece by piece where there is a window. */
function elmanBackward(input: Input): Gradients {
  return collect(input, errors(input));
}

/** By sequence: delta[t], the gradient by the sum inside the tanh of step t, and what leaves step 0 for the state before it. */
interface Errors {
  delta: number[][][]; // [B][T][H]
  start: number[][]; // [B][H]
}

/** How one step makes its error, hands it on, and where nothing is handed on: right unless a misconception says otherwise. */
const right = {
  error: (own: number, carry: number, h: number) => (own + carry) * (1 - h * h),
  handOn: (delta: number[], Wh: number[][]) => times(delta, transpose(Wh)),
  isBorder: (t: number, window: number) => t > 0 && t % window === 0,
  order: (steps: number[]) => steps.toReversed(),
};

function errors(input: Input, { error, handOn, isBorder, order } = right): Errors {
  const { h } = elmanSequence(input);
  const none = input.b.map(() => 0);
  const delta = h.map((states) => states.map(() => none));
  const start = h.map((states, n) => {
    let carry = none;
    for (const t of order([...states.keys()])) {
      delta[n][t] = states[t].map((value, j) => error(input.dh[n][t][j], carry[j], value));
      carry = isBorder(t, input.window ?? Infinity) ? none : handOn(delta[n][t], input.Wh);
    }
    return carry;
  });
  return { delta, start };
}

/** What the errors mean for the inputs: each weight adds up, over sequences and steps, what came in on its left times the error on its right. */
function collect(input: Input, { delta, start }: Errors, left = statesBefore(input)): Gradients {
  const addUp = (rows: number[][][]) =>
    rows[0][0].map((_, i) =>
      input.b.map((_, j) => delta.reduce((sum, errors, n) => sum + errors.reduce((part, row, t) => part + rows[n][t][i] * row[j], 0), 0)),
    );
  const ones = delta.map((rows) => rows.map(() => [1]));
  return {
    dx: delta.map((rows) => rows.map((row) => times(row, transpose(input.Wx)))),
    dh0: start,
    dWx: addUp(input.x),
    dWh: addUp(left),
    db: addUp(ones)[0],
  };
}

/** h[t-1] for every step t. */
const statesBefore = (input: Input) => elmanSequence(input).h.map((states, n) => [input.h0[n], ...states.slice(0, -1)]);
const times = (row: number[], W: number[][]) => W[0].map((_, j) => row.reduce((sum, value, i) => sum + value * W[i][j], 0));
const add = (row: number[], other: number[]) => row.map((value, j) => value + other[j]);
const transpose = (W: number[][]) => W[0].map((_, j) => W.map((row) => row[j]));
const isSquare = (W: number[][]) => W.length === W[0].length;
const fromZero = <Some extends Forward>(input: Some) => ({ ...input, h0: input.h0.map((row) => row.map(() => 0)) });

/** The steps from `start` up to `end` alone, from the state in which the whole sequence arrives there. */
function piece(input: Input, start: number, end: number): Input {
  const cut = (rows: number[][][]) => rows.map((row) => row.slice(start, end));
  return { ...input, x: cut(input.x), dh: cut(input.dh), h0: statesBefore(input).map((states) => states[start]), window: Infinity };
}

const wrong = (how: Partial<typeof right>) => ({
  elmanBackward: (input: Input) => collect(input, errors(input, { ...right, ...how })),
});

export const oracle = defineOracle({
  passes: { elmanSequence, elmanBackward },
  misconceptions: {
    'start-forgotten': {
      when: 'the forward pass begins at zero instead of h0',
      lookAt: 'The first step reads h0: h[0] = tanh(x[0] Wx + h0 Wh + b), and so does the forward pass inside elmanBackward.',
      passes: {
        elmanSequence: (input: Forward) => elmanSequence(fromZero(input)),
        elmanBackward: (input: Input) => elmanBackward(fromZero(input)),
      },
    },
    'slope-missing': {
      when: 'the slope of the tanh, 1 - h[t]^2, is left out',
      lookAt: 'The gradient by h[t] becomes the gradient by the sum inside the tanh when it is multiplied with 1 - h[t]^2.',
      passes: wrong({ error: (own, carry) => own + carry }),
    },
    'slope-of-a-second-tanh': {
      when: 'the slope is taken as 1 - tanh(h[t])^2, although h[t] is already what the tanh gave',
      lookAt: 'h[t] has been through the tanh: its slope there is 1 - h[t]^2, and no further tanh is needed.',
      passes: wrong({ error: (own, carry, h) => (own + carry) * (1 - Math.tanh(h) ** 2) }),
    },
    'slope-without-the-carry': {
      when: 'only dh[t] is multiplied with the slope of the tanh, and the carry is added after that',
      lookAt: 'Both ways to the loss begin at h[t]: add dh[t] and the carry first, and multiply the sum with 1 - h[t]^2.',
      passes: wrong({ error: (own, carry, h) => own * (1 - h * h) + carry }),
    },
    'carry-missing': {
      when: 'each step uses its own dh[t] only, and hears nothing of the steps after it',
      lookAt: 'h[t] works on the loss twice, by itself and through h[t+1]: add the carry of step t+1 to dh[t].',
      passes: wrong({ error: (own, _, h) => own * (1 - h * h) }),
    },
    'last-state-only': {
      when: 'only the dh of the last state is used, as if the loss looked at no other',
      lookAt: 'Every state has a dh of its own: at each step it is added to the carry.',
      passes: {
        elmanBackward: (input: Input) =>
          elmanBackward({
            ...input,
            dh: input.dh.map((rows) => rows.map((row, t) => (t === rows.length - 1 ? row : row.map(() => 0)))),
          }),
      },
    },
    'weights-overwritten': {
      when: 'the gradients of Wx, Wh and b are set at each step instead of added up, so that only step 0 is left',
      lookAt: 'The same weights work at every step: dWx, dWh and db are sums over all steps.',
      passes: {
        elmanBackward: (input: Input) => {
          const found = errors(input);
          const delta = found.delta.map((rows) => rows.map((row, t) => (t === 0 ? row : row.map(() => 0))));
          return { ...collect(input, { ...found, delta }), dx: collect(input, found).dx };
        },
      },
    },
    'state-after-in-dWh': {
      when: 'dWh is made with h[t], the state after the step, instead of h[t-1]',
      lookAt: 'Wh multiplies the state before the step: the partner of delta[t] is h[t-1], and for t = 0 it is h0.',
      passes: { elmanBackward: (input: Input) => collect(input, errors(input), elmanSequence(input).h) },
    },
    'state-weights-not-transposed': {
      when: 'the carry goes back through Wh instead of through its transpose',
      lookAt: 'Forwards h[t-1] Wh, backwards delta[t] times the transpose of Wh: what goes back to unit i is row i of Wh times delta[t].',
      passes: wrong({ handOn: times }),
    },
    'input-weights-not-transposed': {
      when: 'dx is made with Wx instead of its transpose, which only a square Wx allows',
      lookAt: 'Forwards x[t] Wx, backwards delta[t] times the transpose of Wx, which turns [B, H] into [B, I].',
      passes: {
        elmanBackward: (input: Input) => {
          const found = errors(input);
          const answer = collect(input, found);
          return isSquare(input.Wx) ? { ...answer, dx: found.delta.map((rows) => rows.map((row) => times(row, input.Wx))) } : answer;
        },
      },
    },
    'start-not-multiplied': {
      when: 'dh0 is delta[0] itself, without its way back through Wh',
      lookAt: 'h0 enters step 0 as h0 Wh: its gradient is delta[0] times the transpose of Wh, the carry that leaves step 0.',
      passes: {
        elmanBackward: (input: Input) => ({ ...elmanBackward(input), dh0: errors(input).delta.map((rows) => rows[0]) }),
      },
    },
    'forwards-in-time': {
      when: 'the carry goes from step 0 to the last step instead of backwards',
      lookAt: 'Begin at the last step, where there is no carry, and end at step 0: gradients travel against the direction of time.',
      passes: wrong({ order: (steps) => steps }),
    },
    'averaged-over-the-batch': {
      when: 'the gradients of Wx, Wh and b are divided by the number of sequences',
      lookAt: 'Add over the batch and do not divide: whether the loss is an average is already in dh.',
      passes: {
        elmanBackward: (input: Input) => {
          const answer = elmanBackward(input);
          const average = (row: number[]) => row.map((value) => value / input.x.length);
          return { ...answer, dWx: answer.dWx.map(average), dWh: answer.dWh.map(average), db: average(answer.db) };
        },
      },
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
      passes: wrong({ isBorder: (t, window) => t > 0 && (t + 1) % window === 0 }),
    },
    'start-cut-too': {
      when: 'the gradient is cut before step 0 as well, so that dh0 is zero',
      lookAt: 'The first piece begins at h0 and may report to it: nothing is cut before step 0, although 0 % window is 0 for every window.',
      passes: wrong({ isBorder: (t, window) => t % window === 0 }), // 0 % Infinity is 0: without a window too
    },
    'window-slides': {
      when: 'every dh[t] travels back its own window of steps, instead of to the beginning of its piece',
      lookAt: 'The borders stand still: a gradient stops where its piece begins, whether it has come one step or nearly the whole window.',
      passes: {
        elmanBackward: (input: Input) => {
          const { window = Infinity } = input;
          const first = input.x[0].map((_, t) => errors(piece(input, t, t + window)).delta); // [T] and in it [B][...]
          const delta = input.x.map((xs, n) => xs.map((_, t) => first[t][n][0]));
          return collect(input, { delta, start: delta.map((rows) => times(rows[0], transpose(input.Wh))) });
        },
      },
    },
  },
});
