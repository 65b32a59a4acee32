import { defineOracle } from '#authoring';

interface Input extends Record<string, number[] | number[][] | number[][][]> {
  x: number[][][]; // [B][T][I]
  h0: number[][]; // [B][H]
  Wz: number[][]; // [I][H]
  bz: number[]; // [H]
  Wh: number[][]; // [I][H]
  bh: number[]; // [H]
}

/** What one unit has at each step: gates z and candidates n, [T] each; what comes of them is its states, [T]. */
type Recurrence = (z: number[], n: number[], start: number) => number[];

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const minGru = (input: Input) => eachUnit(input, mix);

/** h[t] = (1 - z[t]) h[t-1] + z[t] n[t], as the definition says it. */
const mix: Recurrence = (z, n, start) => {
  let h = start;
  return z.map((zT, t) => (h = (1 - zT) * h + zT * n[t]));
};

/** Applies a recurrence over time to every sequence and unit by itself. */
function eachUnit({ x, h0, Wz, bz, Wh, bh }: Input, recur: Recurrence, gate = sigmoid): { h: number[][][] } {
  const h = x.map((xs, s) => {
    const units = h0[s].map((start, j) =>
      recur(
        xs.map((row) => gate(affine(row, Wz, bz, j))),
        xs.map((row) => affine(row, Wh, bh, j)),
        start,
      ),
    ); // [H][T]
    return xs.map((_, t) => units.map((states) => states[t]));
  });
  return { h };
}

/** One number of a row times a matrix, plus a bias. */
function affine(row: number[], W: number[][], b: number[], j: number): number {
  return row.reduce((sum, value, i) => sum + value * W[i][j], b[j]);
}

const both = (specification: typeof minGru) => ({ minGruSequential: specification, minGruParallel: specification });
const everywhere = (recur: Recurrence) => both((input: Input) => eachUnit(input, recur));
const inParallel = (recur: Recurrence) => ({ minGruParallel: (input: Input) => eachUnit(input, recur) });
const transposeSquare = (W: number[][]) => (W.length === W[0].length ? W.map((_, i) => W.map((row) => row[i])) : W);

export const oracle = defineOracle({
  passes: both(minGru),
  misconceptions: {
    'gate-exchanged': {
      when: 'z and 1 - z have changed places, as in the GRU of exercise 7',
      lookAt: 'In the minGRU z is the share of the new: h = (1 - z) h + z n.',
      passes: everywhere((z, n, start) =>
        mix(
          z.map((zT) => 1 - zT),
          n,
          start,
        ),
      ),
    },
    'gate-on-both': {
      when: 'the old state is multiplied with z instead of 1 - z, so that both terms have the same factor',
      lookAt: 'What the candidate gets, z, the old state loses: its factor is 1 - z.',
      passes: everywhere((z, n, start) => {
        let h = start;
        return z.map((zT, t) => (h = zT * h + zT * n[t]));
      }),
    },
    'candidate-added-whole': {
      when: 'the candidate is added without its factor z',
      lookAt: 'The new state is an average: 1 - z of the old one and z of the candidate, together 1.',
      passes: everywhere((z, n, start) => {
        let h = start;
        return z.map((zT, t) => (h = (1 - zT) * h + n[t]));
      }),
    },
    'candidate-through-tanh': {
      when: 'the candidate goes through tanh, as in the GRU',
      lookAt: 'The minGRU leaves the tanh out: n = x Wh + bh, and nothing bends it.',
      passes: everywhere((z, n, start) => mix(z, n.map(Math.tanh), start)),
    },
    'sigmoid-missing': {
      when: 'the gate does not go through a sigmoid',
      lookAt: 'z = sigmoid(x Wz + bz) lies between 0 and 1; without the sigmoid it is no share of anything.',
      passes: both((input: Input) => eachUnit(input, mix, (sum) => sum)),
    },
    'weights-exchanged': {
      when: 'Wz and Wh have changed places',
      lookAt: 'Wz and bz make the gate, Wh and bh the candidate; both have the shape [I, H], so nothing throws.',
      passes: both((input: Input) => minGru({ ...input, Wz: input.Wh, Wh: input.Wz })),
    },
    'weights-transposed': {
      when: 'the input is multiplied with the transposes of Wz and Wh, which only I = H allows',
      lookAt: 'Row vectors stand on the left: x Wz and x Wh. With I = H the shapes no longer tell you, only the numbers do.',
      passes: both((input: Input) => minGru({ ...input, Wz: transposeSquare(input.Wz), Wh: transposeSquare(input.Wh) })),
    },
    'start-forgotten': {
      when: 'the state before the first step, h0, is left out',
      lookAt:
        'Every state still holds a share of h0: the product of all 1 - z so far, times h0. If you do use h0, look at what your shift of A moves in at the start.',
      passes: both((input: Input) => minGru({ ...input, h0: input.h0.map((row) => row.map(() => 0)) })),
    },
    'one-step-late': {
      when: 'each position answers with the state before its own step',
      lookAt: 'h[0] is the state after the first step, (1 - z[0]) h0 + z[0] n[0], not h0 itself.',
      passes: everywhere((z, n, start) => [start, ...mix(z, n, start).slice(0, -1)]),
    },
    'order-swapped': {
      when: 'two spans are joined in the wrong order, a1 b2 + b1 instead of a2 b1 + b2',
      lookAt: 'The later span acts on what the earlier one made: its 1 - z multiplies the earlier sum, never the other way round.',
      passes: inParallel((z, n, start) => {
        let [A, sum] = [1, 0];
        return z.map((zT, t) => {
          sum = A * zT * n[t] + sum;
          A *= 1 - zT;
          return A * start + sum;
        });
      }),
    },
    'last-round-missing': {
      when: 'the doubling stops one round too early, so that a position sees only the last 2^k steps',
      lookAt: 'The spans must go on doubling while they are shorter than T: for T = 5 the spans are 1, 2 and 4.',
      passes: inParallel((z, n, start) => {
        const window = 2 ** Math.floor(Math.log2(z.length));
        return z.map((_, t) => {
          let [A, sum] = [1, 0];
          for (let s = Math.max(0, t - window + 1); s <= t; s++) [A, sum] = [A * (1 - z[s]), (1 - z[s]) * sum + z[s] * n[s]];
          return A * start + sum;
        });
      }),
    },
    'wraps-round': {
      when: 'what is shifted out at the end comes in again at the start',
      lookAt: 'Before the first step there is nothing: fill the gap with the map that changes nothing, factor 1 and sum 0.',
      passes: inParallel((z, n, start) => {
        const T = z.length;
        let [A, sums] = [z.map((zT) => 1 - zT), z.map((zT, t) => zT * n[t])];
        for (let span = 1; span < T; span *= 2) {
          const before = (values: number[], t: number) => values[(t - span + T) % T];
          const joined = sums.map((sum, t) => A[t] * before(sums, t) + sum);
          A = A.map((factor, t) => factor * before(A, t));
          sums = joined;
        }
        return A.map((factor, t) => factor * start + sums[t]);
      }),
    },
    'divided-by-the-product': {
      when: 'the sum is divided by the running product of all 1 - z, A cumsum(z n / A)',
      lookAt:
        'That product leaves the range of float32 after about a hundred steps, or at once where z is 1; join spans instead, then nothing is ever divided.',
      passes: inParallel((z, n, start) => {
        let [A, sum] = [1, 0]; // rounded to float32 at each step, as on the device
        return z.map((zT, t) => {
          A = Math.fround(A * Math.fround(1 - Math.fround(zT)));
          sum = Math.fround(sum + Math.fround((zT * n[t]) / A));
          return Math.fround(Math.fround(A * sum) + Math.fround(A * start));
        });
      }),
    },
  },
});
