import { defineOracle, samePasses } from '#authoring';
import { add, matmul, type Matrix, type Row, sigmoid, statesBefore, transpose, transposeSquare, zerosLike } from '#authoring';

type Input = {
  x: number[][][]; // [B][T][I]
  h0: number[][]; // [B][H]
  Wz: number[][]; // [I][H]
  bz: number[]; // [H]
  Wh: number[][]; // [I][H]
  bh: number[]; // [H]
};
type Answer = { h: number[][][] }; // [B][T][H]

/** h[t] = (1 - z[t]) h[t-1] + z[t] n[t], elementwise, where z = sigmoid(x Wz + bz) and n = x Wh + bh, as the definition says it. */
function minGru(input: Input): Answer {
  return eachUnit(input, (scores, n, start) => {
    let h = start;
    return scores.map(sigmoid).map((z, t) => (h = (1 - z) * h + z * n[t]));
  });
}

/** Applies a recurrence over time, [T], to every sequence and unit by itself: its gates before the sigmoid, its candidates and its h0. */
function eachUnit({ x, h0, Wz, bz, Wh, bh }: Input, recur: (scores: Row, n: Row, start: number) => Row): Answer {
  const h = x.map((xs, b) => {
    const [scores, n] = [transpose(affine(xs, Wz, bz)), transpose(affine(xs, Wh, bh))]; // [H][T]
    return transpose(h0[b].map((start, j) => recur(scores[j], n[j], start)));
  });
  return { h };
}

const affine = (xs: Matrix, W: Matrix, bias: Row) => matmul(xs, W).map((row) => add(row, bias));

const both = samePasses('minGruSequential', 'minGruParallel');

/** Passes that make another state of the old one, the gate and the candidate. */
const stepping = (step: (h: number, z: number, n: number) => number, gate = sigmoid) =>
  both((input: Input) =>
    eachUnit(input, (scores, n, start) => {
      let h = start;
      return scores.map((score, t) => (h = step(h, gate(score), n[t])));
    }),
  );

/** The linear recurrence h[t] = a[t] h[t-1] + b[t] with a = 1 - z and b = z n, in another way than step by step. */
const parallel = (scan: (a: Row, b: Row, start: number) => Row) => ({
  minGruParallel: (input: Input) =>
    eachUnit(input, (scores, n, start) => {
      const a = scores.map((score) => 1 - sigmoid(score));
      const b = scores.map((score, t) => sigmoid(score) * n[t]);
      return scan(a, b, start);
    }),
});

/** The recurrence over the last steps alone, with h0 before them. */
const seeing = (window: (T: number) => number) => (a: Row, b: Row, start: number) =>
  a.map((_, t) => {
    let [A, sum] = [1, 0];
    for (let s = Math.max(0, t - window(a.length) + 1); s <= t; s++) [A, sum] = [A * a[s], a[s] * sum + b[s]];
    return A * start + sum;
  });

export const oracle = defineOracle({
  passes: both(minGru),
  misconceptions: {
    'gate-exchanged': {
      when: 'z and 1 - z have changed places, as in the GRU of exercise 7',
      lookAt: 'In the minGRU z is the share of the new: h = (1 - z) h + z n.',
      passes: stepping((h, z, n) => z * h + (1 - z) * n),
    },
    'gate-on-both': {
      when: 'the old state is multiplied with z instead of 1 - z, so that both terms have the same factor',
      lookAt: 'What the candidate gets, z, the old state loses: its factor is 1 - z.',
      passes: stepping((h, z, n) => z * h + z * n),
    },
    'candidate-added-whole': {
      when: 'the candidate is added without its factor z',
      lookAt: 'The new state is an average: 1 - z of the old one and z of the candidate, together 1.',
      passes: stepping((h, z, n) => (1 - z) * h + n),
    },
    'candidate-through-tanh': {
      when: 'the candidate goes through tanh, as in the GRU',
      lookAt: 'The minGRU leaves the tanh out: n = x Wh + bh, and nothing bends it.',
      passes: stepping((h, z, n) => (1 - z) * h + z * Math.tanh(n)),
    },
    'sigmoid-missing': {
      when: 'the gate does not go through a sigmoid',
      lookAt: 'z = sigmoid(x Wz + bz) lies between 0 and 1; without the sigmoid it is no share of anything.',
      passes: stepping(
        (h, z, n) => (1 - z) * h + z * n,
        (score) => score,
      ),
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
      passes: both((input: Input) => minGru({ ...input, h0: zerosLike(input.h0) })),
    },
    'one-step-late': {
      when: 'each position answers with the state before its own step',
      lookAt: 'h[0] is the state after the first step, (1 - z[0]) h0 + z[0] n[0], not h0 itself.',
      passes: both((input: Input) => ({ h: statesBefore(minGru(input).h, input.h0) })),
    },
    'order-swapped': {
      when: 'two spans are joined in the wrong order, a1 b2 + b1 instead of a2 b1 + b2',
      lookAt: 'The later span acts on what the earlier one made: its 1 - z multiplies the earlier sum, never the other way round.',
      passes: parallel((a, b, start) => {
        let [A, sum] = [1, 0];
        return a.map((aT, t) => {
          sum += A * b[t];
          A *= aT;
          return A * start + sum;
        });
      }),
    },
    'last-round-missing': {
      when: 'the doubling stops one round too early, so that a position sees only the last 2^k steps',
      lookAt: 'The spans must go on doubling while they are shorter than T: for T = 5 the spans are 1, 2 and 4.',
      passes: parallel(seeing((T) => 2 ** Math.floor(Math.log2(T)))),
    },
    'forgets-far-steps': {
      when: 'the doubling stops after five rounds, however long the sequence is, so that a position sees only the last 32 steps',
      lookAt: 'Where z is near 0 a step is still felt a thousand steps later: go on doubling while the span is shorter than T.',
      passes: parallel(seeing(() => 32)),
    },
    'wraps-round': {
      when: 'what is shifted out at the end comes in again at the start',
      lookAt: 'Before the first step there is nothing: fill the gap with the map that changes nothing, factor 1 and sum 0.',
      passes: parallel((a, b, start) => {
        let [A, sums] = [a, b];
        for (let span = 1; span < a.length; span *= 2) {
          const before = (x: Row, t: number) => x[(t - span + a.length) % a.length];
          [A, sums] = [A.map((factor, t) => factor * before(A, t)), sums.map((sum, t) => A[t] * before(sums, t) + sum)];
        }
        return A.map((factor, t) => factor * start + sums[t]);
      }),
    },
    'divided-by-the-product': {
      when: 'the sum is divided by the running product of all 1 - z, A cumsum(z n / A)',
      lookAt:
        'That product leaves the range of float32 after about a hundred steps, or at once where z is 1; join spans instead, then nothing is ever divided.',
      passes: parallel((a, b, start) => {
        let [A, sum] = [1, 0]; // rounded to float32 at each step, as on the device
        return a.map((aT, t) => {
          A = Math.fround(A * Math.fround(1 - Math.fround(1 - aT))); // 1 - z of a rounded z
          sum = Math.fround(sum + Math.fround(b[t] / A));
          return Math.fround(Math.fround(A * sum) + Math.fround(A * start));
        });
      }),
    },
  },
});
