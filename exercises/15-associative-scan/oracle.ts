import { defineOracle, samePasses, statesBefore, transpose, zerosLike } from '#authoring';

type Input = {
  a: number[][][]; // [B][T][H]
  b: number[][][]; // [B][T][H]
  h0: number[][]; // [B][H]
};

/** h[t] = a[t] h[t-1] + b[t], elementwise, as the definition says it. */
function linearRecurrence({ a, b, h0 }: Input): { h: number[][][] } {
  return eachChannel({ a, b, h0 }, (as, bs, start) => {
    let h = start;
    return as.map((aT, t) => (h = aT * h + bs[t]));
  });
}

/** Applies a recurrence over time to every sequence and channel by itself. */
function eachChannel({ a, b, h0 }: Input, recur: (a: number[], b: number[], h0: number) => number[]): { h: number[][][] } {
  return { h: h0.map((starts, n) => transpose(starts.map((start, j) => recur(transpose(a[n])[j], transpose(b[n])[j], start)))) };
}

/** The recurrence over the last steps alone, with h0 before them. */
const seeing = (window: (T: number) => number) => (input: Input) =>
  eachChannel(input, (a, b, h0) =>
    a.map((_, t) => {
      let [A, sum] = [1, 0];
      for (let s = Math.max(0, t - window(a.length) + 1); s <= t; s++) [A, sum] = [A * a[s], a[s] * sum + b[s]];
      return A * h0 + sum;
    }),
  );

const both = samePasses('linearRecurrenceSequential', 'linearRecurrenceParallel');

export const oracle = defineOracle({
  passes: both(linearRecurrence),
  misconceptions: {
    'order-swapped': {
      when: 'two spans are joined in the wrong order, a1 b2 + b1 instead of a2 b1 + b2',
      lookAt: 'The later span acts on what the earlier one made: its gate multiplies the earlier sum, never the other way round.',
      passes: {
        linearRecurrenceParallel: (input: Input) =>
          eachChannel(input, (a, b, h0) => {
            let [A, sum] = [1, 0];
            return a.map((aT, t) => {
              sum = A * b[t] + sum;
              A *= aT;
              return A * h0 + sum;
            });
          }),
      },
    },
    'start-forgotten': {
      when: 'the state before the first step, h0, is left out',
      lookAt: 'Every state still holds a share of h0: the product of all gates so far times h0.',
      passes: both(({ a, b, h0 }: Input) => linearRecurrence({ a, b, h0: zerosLike(h0) })),
    },
    'one-step-late': {
      when: 'each position answers with the state before its own step',
      lookAt: 'h[0] is the state after the first step, a[0] h0 + b[0], not h0 itself.',
      passes: both((input: Input) => {
        const { h } = linearRecurrence(input);
        return { h: statesBefore(h, input.h0) };
      }),
    },
    'last-round-missing': {
      when: 'the doubling stops one round too early, so that a position sees only the last 2^k steps',
      lookAt: 'The spans must go on doubling while they are shorter than T: for T = 5 the spans are 1, 2 and 4.',
      passes: { linearRecurrenceParallel: seeing((T) => 2 ** Math.floor(Math.log2(T))) },
    },
    'forgets-far-steps': {
      when: 'the doubling stops after five rounds, however long the sequence is, so that a position sees only the last 32 steps',
      lookAt: 'With gates near one a step is still felt a thousand steps later: go on doubling while the span is shorter than T.',
      passes: { linearRecurrenceParallel: seeing(() => 32) },
    },
    'wraps-round': {
      when: 'what is shifted out at the end comes in again at the start',
      lookAt: 'Before the first step there is nothing: fill the gap with the map that changes nothing, gate 1 and sum 0.',
      passes: {
        linearRecurrenceParallel: (input: Input) =>
          eachChannel(input, (a, b, h0) => {
            const T = a.length;
            let [A, sums] = [a, b];
            for (let span = 1; span < T; span *= 2) {
              const before = (x: number[], t: number) => x[(t - span + T) % T];
              const joined = sums.map((sum, t) => A[t] * before(sums, t) + sum);
              A = A.map((gate, t) => gate * before(A, t));
              sums = joined;
            }
            return A.map((gate, t) => gate * h0 + sums[t]);
          }),
      },
    },
    'gate-on-everything': {
      when: 'the gate multiplies the input too, a (h + b)',
      lookAt: 'The gate a[t] decides how much of the old state stays; b[t] is added whole.',
      passes: both((input: Input) =>
        eachChannel(input, (a, b, h0) => {
          let h = h0;
          return a.map((aT, t) => (h = aT * (h + b[t])));
        }),
      ),
    },
    'divided-by-the-product': {
      when: 'the sum is divided by the running product of the gates, A cumsum(b / A)',
      lookAt:
        'The product of many gates below one leaves the range of float32 after about a hundred steps; join spans instead, then nothing is ever divided.',
      passes: {
        linearRecurrenceParallel: (input: Input) =>
          eachChannel(input, (a, b, h0) => {
            let [A, sum] = [1, 0]; // rounded to float32 at each step, as on the device
            return a.map((aT, t) => {
              A = Math.fround(A * aT);
              sum = Math.fround(sum + Math.fround(b[t] / A));
              return Math.fround(Math.fround(A * sum) + Math.fround(A * h0));
            });
          }),
      },
    },
  },
});
