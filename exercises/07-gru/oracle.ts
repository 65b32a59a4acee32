import { add, defineOracle, type Matrix, rowTimes, type Row, scale, sigmoid, zerosLike } from '#authoring';

type Input = {
  x: number[][][]; // [B][T][I]
  h0: number[][]; // [B][H]
  Wx: number[][]; // [I][3H]
  Wh: number[][]; // [H][3H]
  bx: number[]; // [3H]
  bh: number[]; // [3H]
};

type Answer = {
  h: number[][][]; // [B][T][H]
  hT: number[][]; // [B][H]
};

/** The sums of one unit: what its reset gate, its update gate and its candidate get from the input, or from the state. */
type Sums = { r: number; z: number; n: number };

/** h[t] = (1 - z) n + z h[t-1] in every unit, as the definition says it. */
function gru(input: Input): Answer {
  return eachUnit(input, gruUnit);
}

function gruUnit(x: Sums, h: Sums, before: number): number {
  const r = sigmoid(x.r + h.r);
  const z = sigmoid(x.z + h.z);
  const n = Math.tanh(x.n + r * h.n);
  return (1 - z) * n + z * before;
}

/** Steps all units of every sequence through time. */
function eachUnit(input: Input, unit: typeof gruUnit): Answer {
  return eachStep(input, (x, h, before) => before.map((state, j) => unit(x[j], h[j], state)));
}

function eachStep({ x, h0, Wx, Wh, bx, bh }: Input, step: (x: Sums[], h: Sums[], before: Row) => Row): Answer {
  const h = x.map((xs, n) => {
    let state = h0[n];
    return xs.map((xT) => (state = step(sumsOf(xT, Wx, bx), sumsOf(state, Wh, bh), state)));
  });
  return { h, hT: h.map((states) => states[states.length - 1]) };
}

/** A row times its weights, unit by unit: the columns are three blocks of H. */
function sumsOf(row: Row, W: Matrix, b: Row): Sums[] {
  const [all, H] = [add(rowTimes(row, W), b), b.length / 3];
  return all.slice(0, H).map((r, j) => ({ r, z: all[H + j], n: all[2 * H + j] }));
}

const withUnit = (unit: typeof gruUnit) => ({ gru: (input: Input) => eachUnit(input, unit) });
const [open, shut] = [Infinity, -Infinity]; // sums whose gates are 1 and 0

/** The GRU that looks for block k of unit j in another column. */
const readingColumns = (place: (k: number, j: number, H: number) => number) => ({
  gru: (input: Input) => {
    const H = input.h0[0].length;
    const moved = (row: number[]) => row.map((_, index) => row[place(Math.floor(index / H), index % H, H)]);
    return gru({ ...input, Wx: input.Wx.map(moved), Wh: input.Wh.map(moved), bx: moved(input.bx), bh: moved(input.bh) });
  },
});

export const oracle = defineOracle({
  passes: { gru },
  misconceptions: {
    'reset-before-the-product': {
      when: 'the reset gate is applied to the state before the product with Wh, as Cho et al. 2014 print it',
      lookAt: 'Both conventions are published. Here the product comes first: n = tanh(x Wxn + bxn + r (h Whn + bhn)).',
      passes: {
        gru: (input: Input) =>
          eachStep(input, (x, h, before) => {
            const heard = before.map((state, j) => sigmoid(x[j].r + h[j].r) * state);
            const again = sumsOf(heard, input.Wh, input.bh);
            return before.map((state, j) => gruUnit({ ...x[j], r: open }, { ...h[j], n: again[j].n }, state));
          }),
      },
    },
    'update-gate-exchanged': {
      when: 'z and 1 - z have changed places, as in Chung et al. 2014 and in the minGRU',
      lookAt: 'Both conventions are published. Here z keeps the old state and 1 - z takes the candidate: h = (1 - z) n + z h.',
      passes: withUnit((x, h, before) => gruUnit({ ...x, z: -x.z }, { ...h, z: -h.z }, before)),
    },
    'order-z-r-n': {
      when: 'the blocks are read in the order z, r, n, as Keras has them',
      lookAt: 'Here the first H columns make the reset gate r and the next H the update gate z.',
      passes: readingColumns((k, j, H) => [1, 0, 2][k] * H + j),
    },
    'gates-interleaved': {
      when: 'the columns are read as three numbers for each unit, as a reshape to [B, H, 3] does, instead of three blocks of H',
      lookAt: 'Columns 0 to H-1 belong to r, the next H to z, then n: tf.split(sum, 3, 1) cuts them like that.',
      passes: readingColumns((k, j) => 3 * j + k),
    },
    'state-bias-outside-the-reset': {
      when: 'the reset gate multiplies h Whn alone, and bhn is added outside of it',
      lookAt: 'The bracket holds both: r (h Whn + bhn). This is the reason why there are two biases.',
      passes: {
        gru: ({ bx, bh, ...input }: Input) => {
          const moved = bh.map((bias, k) => (k < 2 * input.h0[0].length ? 0 : bias)); // bhn
          return gru({ ...input, bx: add(bx, moved), bh: add(bh, scale(-1, moved)) });
        },
      },
    },
    'state-bias-left-out': {
      when: 'the second bias, bh, is left out',
      lookAt: 'bx stands with x Wx and bh with h Wh; in the candidate only bh goes through the reset gate.',
      passes: { gru: (input: Input) => gru({ ...input, bh: zerosLike(input.bh) }) },
    },
    'reset-left-out': {
      when: 'the candidate hears the whole old state, without a reset gate',
      lookAt: 'In the candidate, and nowhere else, what comes from the state is multiplied with r.',
      passes: withUnit((x, h, before) => gruUnit({ ...x, r: open }, h, before)),
    },
    'reset-on-the-input-too': {
      when: 'the reset gate multiplies everything inside the tanh, the input with it',
      lookAt: 'r stands before the bracket of the state only: tanh(x Wxn + bxn + r (h Whn + bhn)).',
      passes: withUnit((x, h, before) => gruUnit({ ...x, n: sigmoid(x.r + h.r) * x.n }, h, before)),
    },
    'candidate-added-whole': {
      when: 'the candidate is added without its factor 1 - z',
      lookAt: 'The new state is an average: z of the old one and 1 - z of the candidate, together 1.',
      passes: withUnit((x, h, before) => gruUnit({ ...x, z: shut }, h, before) + sigmoid(x.z + h.z) * before),
    },
    'tanh-missing': {
      when: 'the candidate does not go through tanh',
      lookAt: 'r and z go through a sigmoid, the candidate n through tanh.',
      passes: withUnit((x, h, before) => {
        const [r, z] = [sigmoid(x.r + h.r), sigmoid(x.z + h.z)];
        return (1 - z) * (x.n + r * h.n) + z * before;
      }),
    },
    'start-forgotten': {
      when: 'the state before the first step is taken to be zero instead of h0',
      lookAt: 'The first step reads h0; it is zero only where nothing was read before.',
      passes: { gru: (input: Input) => gru({ ...input, h0: zerosLike(input.h0) }) },
    },
    'time-reversed': {
      when: 'the steps are made from the end of the sequence to its start',
      lookAt: 'Begin with x[0] and end with x[T-1]; hT is the state after x[T-1].',
      passes: { gru: (input: Input) => gru({ ...input, x: input.x.map((xs) => xs.toReversed()) }) },
    },
    'weights-exchanged': {
      when: 'Wx and Wh have changed places, which only I = H allows',
      lookAt: 'Wx stands with the input x[t], Wh with the state h[t-1].',
      passes: {
        gru: (input: Input) => gru(input.Wx.length === input.Wh.length ? { ...input, Wx: input.Wh, Wh: input.Wx } : input),
      },
    },
  },
});
