import { defineOracle, dot, samePasses, sum, transpose, zerosLike, type Row } from '#authoring';

type Input = {
  x: number[][][]; // [B][T][D]
  A: number[][]; // [D][H]
  Bm: number[][]; // [D][H]
  C: number[][]; // [D][H]
  Dskip: number[]; // [D]
  dt: number[]; // [D]
};
type Answer = { y: number[][][] }; // [B][T][D]
type Channel = { A: Row; B: Row; C: Row; D: number; dt: number }; // one of D, with H states: a model by itself

/** h[t] = Abar h[t-1] + Bbar x[t], y[t] = C h[t] + D x[t], for every sequence and channel by itself. */
function stateSpaceModel(input: Input): Answer {
  return eachChannel(input, (xs, { A, B, C, D, dt }) => {
    const bars = A.map((a, j) => zeroOrderHold(a, B[j], dt));
    let h = zerosLike(A);
    return xs.map((x) => {
      h = bars.map(([Abar, Bbar], j) => Abar * h[j] + Bbar * x);
      return dot(C, h) + D * x;
    });
  });
}

/** What one step multiplies a state by, and what it takes in of an input of 1: exact where the input stays the same until the next step. */
const zeroOrderHold = (A: number, B: number, dt: number): [Abar: number, Bbar: number] => [Math.exp(dt * A), (Math.expm1(dt * A) / A) * B];

/** Applies a model of one input and one answer to every sequence and channel by itself. */
function eachChannel({ x, A, Bm, C, Dskip, dt }: Input, model: (xs: Row, channel: Channel) => Row): Answer {
  const channels = dt.map((step, i) => ({ A: A[i], B: Bm[i], C: C[i], D: Dskip[i], dt: step }));
  return { y: x.map((sequence) => transpose(transpose(sequence).map((xs, i) => model(xs, channels[i])))) };
}

const all = samePasses('ssmSequential', 'ssmParallel', 'ssmConvolution');
type Kernel = (r: number) => number;

/** Any model without states: y[t] = sum over s of weight(t, s) x[s] + D x[t], where K[r] = C Abar^r Bbar is left r steps later of an input of 1. */
const weighted =
  (weight: (K: Kernel, t: number, s: number, T: number) => number, discretise = zeroOrderHold) =>
  (input: Input): Answer =>
    eachChannel(input, (xs, { A, B, C, D, dt }) => {
      const T = xs.length;
      const bars = A.map((a, j) => discretise(a, B[j], dt));
      const K = Array.from({ length: 2 * T + 1 }, (_, at) => sum(bars.map(([Abar, Bbar], j) => C[j] * Abar ** (at - T) * Bbar))); // r from -T to T
      return xs.map((now, t) => sum(xs.map((x, s) => weight((r) => K[r + T], t, s, T) * x)) + D * now);
    });

const discretisedBy = (discretise: typeof zeroOrderHold) => all(weighted((K, t, s) => (s <= t ? K(t - s) : 0), discretise));
const onDevice = (value: number) => (Math.abs(value) < 2 ** 128 ? value : Infinity); // float32 holds nothing larger

/** How many of the spans 1, 2, 4, ... a scan joins to bridge r steps: its ones in binary. */
const spansIn = (r: number) => r.toString(2).replaceAll('0', '').length;

const recent = (K: Kernel, t: number, s: number) => (s <= t && t - s < 32 ? K(t - s) : 0);

export const oracle = defineOracle({
  passes: all(stateSpaceModel),
  misconceptions: {
    'euler-step': {
      when: 'a step is made along the straight line, Abar = 1 + dt A and Bbar = dt B',
      lookAt: 'A state fades along a curve: Abar = exp(dt A), and Bbar = (Abar - 1) / A times B.',
      passes: discretisedBy((A, B, dt) => [1 + dt * A, dt * B]),
    },
    'input-not-held': {
      when: 'Bbar is dt B, as if what came in early during the step did not fade until its end',
      lookAt: 'The input stays the same during the whole step and fades meanwhile: Bbar = (Abar - 1) / A times B.',
      passes: discretisedBy((A, B, dt) => [Math.exp(dt * A), dt * B]),
    },
    'not-divided-by-A': {
      when: 'Bbar is (Abar - 1) B, without the division by A',
      lookAt: 'Abar - 1 is below 0, and so is A: divided, Bbar has the sign of B again.',
      passes: discretisedBy((A, B, dt) => [Math.exp(dt * A), Math.expm1(dt * A) * B]),
    },
    'exponential-missing': {
      when: 'the exponential is left out, Abar = dt A',
      lookAt: 'dt A is below 0; its exponential lies between 0 and 1, and that is the share of a state that is left after a step.',
      passes: discretisedBy((A, B, dt) => [dt * A, ((dt * A - 1) / A) * B]),
    },
    'one-dt-for-all': {
      when: 'all channels use the dt of channel 0',
      lookAt: 'dt has one number for each channel, and it belongs to all states of that channel: shape [D, 1] beside A of shape [D, H].',
      passes: all((input: Input) => stateSpaceModel({ ...input, dt: input.dt.map(() => input.dt[0]) })),
    },
    'dt-along-the-states': {
      when: 'dt is laid along the states instead of the channels, which only D = H allows',
      lookAt: 'A tensor [D] beside one of [D, H] is laid along the last axis, H; give dt an axis of length one at its end.',
      passes: all((input: Input) => {
        if (input.A.length !== input.A[0].length) return stateSpaceModel(input);
        const scaled = (W: number[][]) => W.map((row, i) => row.map((value, j) => (value * input.dt[j]) / input.dt[i])); // so that dt[i] turns into dt[j]
        return stateSpaceModel({ ...input, A: scaled(input.A), Bm: scaled(input.Bm) });
      }),
    },
    'one-readout-for-all': {
      when: 'all channels are read out with the C of channel 0',
      lookAt: 'C has a row for each channel: y[i] is the sum over j of C[i][j] h[i][j].',
      passes: all((input: Input) => stateSpaceModel({ ...input, C: input.C.map(() => input.C[0]) })),
    },
    'skip-missing': {
      when: 'the part of the input that goes straight to the answer, Dskip x, is left out',
      lookAt: 'The answer has two terms: C h[t] and Dskip x[t].',
      passes: all((input: Input) => stateSpaceModel({ ...input, Dskip: zerosLike(input.Dskip) })),
    },
    'fades-before-it-is-read': {
      when: 'an input fades once before it is read for the first time, as if the kernel began with Abar^1',
      lookAt: 'K[0] is C Bbar: the input of step t is in h[t] whole. Only what came before is multiplied by Abar.',
      passes: all(weighted((K, t, s) => (s <= t ? K(t - s + 1) : 0))),
    },
    'read-before-the-input': {
      when: 'the states are read before the input of their step has come in',
      lookAt: 'First h[t] = Abar h[t-1] + Bbar x[t], then y[t] = C h[t]: the answer of a step knows its own input.',
      passes: all(weighted((K, t, s) => (s < t ? K(t - s - 1) : 0))),
    },
    'power-stays': {
      when: 'every round of the scan multiplies by Abar, however many steps it bridges',
      lookAt: 'A round that joins spans of 4 steps lets a state fade by 4 steps, Abar^4: square the power after each round.',
      passes: { ssmParallel: weighted((K, t, s) => (s <= t ? K(spansIn(t - s)) : 0)) },
    },
    'last-round-missing': {
      when: 'the doubling stops one round too early, so that a step sees only the last 2^k steps',
      lookAt: 'The spans must go on doubling while they are shorter than T: for T = 5 the spans are 1, 2 and 4.',
      passes: { ssmParallel: weighted((K, t, s, T) => (s <= t && t - s < 2 ** Math.floor(Math.log2(T)) ? K(t - s) : 0)) },
    },
    'forgets-far-steps': {
      when: 'a step sees only the last 32 steps, however long the sequence is: five rounds of doubling, or a kernel of 32 numbers',
      lookAt:
        'A state that fades slowly still holds what came in a thousand steps ago: the spans go on doubling while they are shorter than T, and the kernel has T numbers.',
      passes: { ssmParallel: weighted(recent), ssmConvolution: weighted(recent) },
    },
    'matrix-transposed': {
      when: 'the matrix of the convolution is transposed, so that every step sees its future instead of its past',
      lookAt:
        'The weight between input s and answer t is K[t-s] where s <= t and 0 elsewhere; print it for T = 3 and ask which axis is which.',
      passes: { ssmConvolution: weighted((K, t, s) => (s >= t ? K(s - t) : 0)) },
    },
    'kernel-not-turned': {
      when: 'the kernel is laid over the inputs in their own order, K[s] on x[s], for every answer alike',
      lookAt: 'The newest input meets K[0] and the oldest the last one: the weight is K[t-s], and it moves on with t.',
      passes: { ssmConvolution: weighted((K, t, s) => (s <= t ? K(s) : 0)) },
    },
    'wraps-round': {
      when: 'the convolution runs round in a circle, and the end of the sequence comes in again at its start',
      lookAt:
        'Before the first step there is nothing: where s > t the weight is 0. A Fourier transform needs T zeros behind the sequence for that.',
      passes: { ssmConvolution: weighted((K, t, s, T) => K((t - s + T) % T)) },
    },
    'power-of-the-future': {
      when: 'Abar^(t-s) is computed for later s too and multiplied by 0: so many steps back it is infinite, and 0 times infinity is NaN',
      lookAt: 'Take no power with a negative exponent: raise it to 0 first, where s > t.',
      passes: { ssmConvolution: weighted((K, t, s) => onDevice(K(t - s)) * (s <= t ? 1 : 0)) },
    },
  },
});
