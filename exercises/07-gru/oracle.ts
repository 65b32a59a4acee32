import { defineOracle } from '#authoring';

interface Input extends Record<string, number[] | number[][] | number[][][]> {
  x: number[][][]; // [B][T][I]
  h0: number[][]; // [B][H]
  Wx: number[][]; // [I][3H]
  Wh: number[][]; // [H][3H]
  bx: number[]; // [3H]
  bh: number[]; // [3H]
}

interface Answer extends Record<string, number[][] | number[][][]> {
  h: number[][][]; // [B][T][H]
  hT: number[][]; // [B][H]
}

/** The sums of one unit: what comes from the input and what comes from the state, each with its bias. */
type Sums = Record<'xr' | 'xz' | 'xn' | 'hr' | 'hz' | 'hn', number>;

/** One step of one unit. */
type Unit = (sums: Sums, before: number) => number;

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const resetGate = ({ xr, hr }: Sums) => sigmoid(xr + hr);
const updateGate = ({ xz, hz }: Sums) => sigmoid(xz + hz);
const candidate = (sums: Sums) => Math.tanh(sums.xn + resetGate(sums) * sums.hn);

/** h[t] = (1 - z) n + z h[t-1] with n = tanh(xn + r hn), as the definition says it. */
const gruUnit: Unit = (sums, before) => mix(updateGate(sums), candidate(sums), before);
const mix = (z: number, n: number, before: number) => (1 - z) * n + z * before;

const gru = (input: Input) => eachSequence(input, gruUnit);

/** Steps all units of every sequence through time. `heard` is what Wh of the candidate is multiplied with: the whole state. */
function eachSequence(input: Input, unit: Unit, heard = (h: number[], _sums: Sums[]) => h): Answer {
  const { x, h0, Wx, Wh, bx, bh } = input;
  const h = x.map((xs, n) => {
    let state = h0[n];
    return xs.map((xT) => {
      const H = state.length;
      const [fromX, fromH] = [affine(xT, Wx, bx), affine(state, Wh, bh)]; // [3H] each
      const block = (k: number, j: number) => ({ x: fromX[k * H + j], h: fromH[k * H + j] });
      const sums = state.map((_, j) => {
        const [r, z, n] = [block(0, j), block(1, j), block(2, j)];
        return { xr: r.x, hr: r.h, xz: z.x, hz: z.h, xn: n.x, hn: n.h };
      });
      const again = affine(heard(state, sums), Wh, bh); // [3H]
      return (state = state.map((before, j) => unit({ ...sums[j], hn: again[2 * H + j] }, before)));
    });
  });
  return { h, hT: h.map((states) => states[states.length - 1]) };
}

/** A row times a matrix, plus a bias. */
function affine(row: number[], W: number[][], b: number[]): number[] {
  return b.map((bias, k) => row.reduce((sum, value, j) => sum + value * W[j][k], bias));
}

/** The GRU that looks for block k of unit j in another column. */
const readingColumns = (place: (k: number, j: number, H: number) => number) => ({
  gru: (input: Input) => {
    const H = input.h0[0].length;
    const moved = (row: number[]) => row.map((_, index) => row[place(Math.floor(index / H), index % H, H)]);
    return gru({ ...input, Wx: input.Wx.map(moved), Wh: input.Wh.map(moved), bx: moved(input.bx), bh: moved(input.bh) });
  },
});

const withUnit = (unit: Unit) => ({ gru: (input: Input) => eachSequence(input, unit) });

export const oracle = defineOracle({
  passes: { gru },
  misconceptions: {
    'reset-before-the-product': {
      when: 'the reset gate is applied to the state before the product with Wh, as Cho et al. 2014 print it',
      lookAt: 'Both conventions are published. Here the product comes first: n = tanh(x Wxn + bxn + r (h Whn + bhn)).',
      passes: {
        gru: (input: Input) =>
          eachSequence(
            input,
            ({ xn, hn, ...sums }, before) => mix(updateGate({ xn, hn, ...sums }), Math.tanh(xn + hn), before),
            (h, sums) => h.map((value, j) => resetGate(sums[j]) * value),
          ),
      },
    },
    'update-gate-exchanged': {
      when: 'z and 1 - z have changed places, as in Chung et al. 2014 and in the minGRU',
      lookAt: 'Both conventions are published. Here z keeps the old state and 1 - z takes the candidate: h = (1 - z) n + z h.',
      passes: withUnit((sums, before) => mix(1 - updateGate(sums), candidate(sums), before)),
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
        gru: (input: Input) => {
          const ofCandidate = input.bh.map((bias, k) => (k < 2 * input.h0[0].length ? 0 : bias));
          return gru({
            ...input,
            bx: input.bx.map((bias, k) => bias + ofCandidate[k]),
            bh: input.bh.map((bias, k) => bias - ofCandidate[k]),
          });
        },
      },
    },
    'state-bias-left-out': {
      when: 'the second bias, bh, is left out',
      lookAt: 'bx stands with x Wx and bh with h Wh; in the candidate only bh goes through the reset gate.',
      passes: { gru: (input: Input) => gru({ ...input, bh: input.bh.map(() => 0) }) },
    },
    'reset-left-out': {
      when: 'the candidate hears the whole old state, without a reset gate',
      lookAt: 'In the candidate, and nowhere else, what comes from the state is multiplied with r.',
      passes: withUnit((sums, before) => mix(updateGate(sums), Math.tanh(sums.xn + sums.hn), before)),
    },
    'reset-on-the-input-too': {
      when: 'the reset gate multiplies everything inside the tanh, the input with it',
      lookAt: 'r stands before the bracket of the state only: tanh(x Wxn + bxn + r (h Whn + bhn)).',
      passes: withUnit((sums, before) => mix(updateGate(sums), Math.tanh(resetGate(sums) * (sums.xn + sums.hn)), before)),
    },
    'candidate-added-whole': {
      when: 'the candidate is added without its factor 1 - z',
      lookAt: 'The new state is an average: z of the old one and 1 - z of the candidate, together 1.',
      passes: withUnit((sums, before) => candidate(sums) + updateGate(sums) * before),
    },
    'tanh-missing': {
      when: 'the candidate does not go through tanh',
      lookAt: 'r and z go through a sigmoid, the candidate n through tanh.',
      passes: withUnit((sums, before) => mix(updateGate(sums), sums.xn + resetGate(sums) * sums.hn, before)),
    },
    'start-forgotten': {
      when: 'the state before the first step is taken to be zero instead of h0',
      lookAt: 'The first step reads h0; it is zero only where nothing was read before.',
      passes: { gru: (input: Input) => gru({ ...input, h0: input.h0.map((row) => row.map(() => 0)) }) },
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
