import { defineOracle } from '#authoring';

type Matrix = number[][]; // [rows][columns]

interface Input extends Record<string, number | number[] | Matrix | Matrix[]> {
  x: Matrix[]; // [B][T][D]
  h0: Matrix; // [B][H]
  Wx: Matrix; // [D][H]
  Wh: Matrix; // [H][H]
  b: number[]; // [H]
  Wq: Matrix; // [D][D]
  Wk: Matrix; // [D][D]
  Wv: Matrix; // [D][D]
  Wo: Matrix; // [D][D]
  heads: number;
}

interface Paired extends Record<string, number | number[]> {
  baselineMs: number[]; // [R]
  candidateMs: number[]; // [R]
  warmUps: number;
}

interface Drawing extends Record<string, number[]> {
  withDrawingMs: number[]; // [R]
  withoutMs: number[]; // [R]
}

const total = (x: number[]) => x.reduce((sum, value) => sum + value, 0);
const dot = (x: number[], y: number[]) => total(x.map((value, i) => value * y[i]));
const times = (row: number[], W: Matrix) => W[0].map((_, j) => total(row.map((value, i) => value * W[i][j])));
const transposed = (W: Matrix) => W[0].map((_, j) => W.map((row) => row[j]));
const plus = (x: number[], y: number[]) => x.map((value, i) => value + y[i]);

/** h[t] = tanh(x[t] Wx + h[t-1] Wh + b). */
function elman({ x, h0, Wx, Wh, b }: Input, bend = Math.tanh, before = (h: number[], _start: number[]) => h): { h: Matrix[] } {
  const states = (xs: Matrix, start: number[]) => {
    let h = start;
    return xs.map((xT) => (h = plus(plus(times(xT, Wx), times(before(h, start), Wh)), b).map(bend)));
  };
  return { h: x.map((xs, n) => states(xs, h0[n])) };
}

interface Change {
  /** Up to which key, and without it, query t sees. */
  end?: (t: number) => number;
  divisor?: (d: number, D: number) => number;
  project?: boolean;
  /** The row and the first column of what head i takes for position t; `flat` is how many numbers of [heads, T, d] lie before it. */
  place?: (flat: number, d: number, i: number, t: number) => [number, number];
}

/** concat(head_1, ..., head_N) Wo with head_i = softmax(q_i k_i^T / sqrt(d), causal) v_i on d = D / N columns of x Wq, x Wk, x Wv. */
function attention({ x, Wq, Wk, Wv, Wo, heads }: Input, change: Change = {}): { out: Matrix[] } {
  const {
    end = (t: number) => t + 1,
    divisor = Math.sqrt,
    project = true,
    place = (_: number, d: number, i: number, t: number) => [t, i * d],
  } = change;
  const whole = (xs: Matrix) => {
    const [T, D] = [xs.length, xs[0].length];
    const d = D / heads;
    const joined = xs.map(() => xs[0].map(() => 0));
    for (let i = 0; i < heads; i++) {
      const part = (W: Matrix) =>
        xs.map((_, t) => {
          const [row, from] = place((i * T + t) * d, d, i, t);
          return times(xs[row], W).slice(from, from + d);
        });
      const [q, k, v] = [part(Wq), part(Wk), part(Wv)];
      for (let t = 0; t < T; t++) {
        const e = k.slice(0, end(t)).map((key) => dot(q[t], key) / divisor(d, D));
        const p = e.map((score) => Math.exp(score - Math.max(...e)));
        const [row, from] = place((i * T + t) * d, d, i, t);
        for (let c = 0; c < d; c++) joined[row][from + c] = total(p.map((weight, s) => weight * v[s][c])) / total(p);
      }
    }
    return project ? joined.map((row) => times(row, Wo)) : joined;
  };
  return { out: x.map(whole) };
}

/** Where the numbers lie when [T, D] is read as [heads, T, d] just as they come. */
const inOrder =
  (D: number) =>
  (flat: number): [number, number] => [Math.floor(flat / D), flat % D];

const sorted = (x: number[]) => x.toSorted((y, z) => y - z);
const median = (x: number[]) => (sorted(x)[Math.ceil(x.length / 2) - 1] + sorted(x)[Math.floor(x.length / 2)]) / 2;
const mean = (x: number[]) => total(x) / x.length;
const ratios = (x: number[], y: number[]) => x.map((ms, round) => ms / y[round]);
const spread = (speedup: number, all: number[]) => ({ speedup, low: Math.min(...all), high: Math.max(...all) });
type OfRatios = (all: number[], baseline: number[], candidate: number[]) => number;

/** The median of the paired ratios, or whatever else is made of the rounds that count. */
const speedUpBy =
  (speedup: OfRatios, skip = (warmUps: number) => warmUps) =>
  ({ baselineMs, candidateMs, warmUps }: Paired) => {
    const [baseline, candidate] = [baselineMs.slice(skip(warmUps)), candidateMs.slice(skip(warmUps))];
    const all = ratios(baseline, candidate);
    return spread(speedup(all, baseline, candidate), all);
  };
const shareBy =
  (part: (drawing: number, without: number) => number) =>
  ({ withDrawingMs, withoutMs }: Drawing) => ({ share: median(withDrawingMs.map((ms, round) => part(ms, withoutMs[round]))) });

const loop = (elmanSequential: (input: Input) => { h: Matrix[] }) => ({ elmanSequential });
const attend = (change: Change) => ({ attentionParallel: (input: Input) => attention(input, change) });
const figure = (speedup: OfRatios, skip?: (warmUps: number) => number) => ({ speedUp: speedUpBy(speedup, skip) });

export const oracle = defineOracle({
  passes: {
    elmanSequential: (input: Input) => elman(input),
    attentionParallel: (input: Input) => attention(input),
    speedUp: speedUpBy(median),
    randomShare: shareBy((drawing, without) => (drawing - without) / drawing),
  },
  misconceptions: {
    'state-not-carried': {
      when: 'every step begins from h0 instead of from the state before it',
      lookAt: 'The variable that holds the state is read by a step and then replaced by what the step made.',
      passes: loop((input) => elman(input, Math.tanh, (_, start) => start)),
    },
    'bias-missing': {
      when: 'the bias b is left out',
      lookAt: 'The sum inside the tanh has three terms, and two of them, x Wx and b, need no state.',
      passes: loop((input) => elman({ ...input, b: input.b.map(() => 0) })),
    },
    'tanh-missing': {
      when: 'the tanh is left out',
      lookAt: 'Without the tanh the loop would be a linear recurrence, and that has a parallel pass: the race would be another one.',
      passes: loop((input) => elman(input, (z) => z)),
    },
    'recurrent-weights-transposed': {
      when: 'the state is multiplied with Wh transposed',
      lookAt: 'Wh is square, so a transposed one fits as well: the state is a row and stands on the left, h Wh.',
      passes: loop((input) => elman({ ...input, Wh: transposed(input.Wh) })),
    },
    'no-mask': {
      when: 'every position sees the whole sequence, its future included',
      lookAt: 'The loop cannot read ahead, so in a fair race the attention may not either: mask the scores with s > t.',
      passes: attend({ end: () => Infinity }),
    },
    'sees-one-step-ahead': {
      when: 'every position sees one position of its future, s <= t + 1',
      lookAt: 'The last key that position t may use is its own, s = t.',
      passes: attend({ end: (t) => t + 2 }),
    },
    'scaled-by-the-model': {
      when: 'the scores are divided by sqrt(D), the size of the model, instead of the size of one head',
      lookAt: 'A score adds d = D / heads products, so it is divided by sqrt(d).',
      passes: attend({ divisor: (_, D) => Math.sqrt(D) }),
    },
    'not-scaled': {
      when: 'the scores are not divided at all',
      lookAt: 'Divide the scores, or the queries, by sqrt(d) with d = D / heads.',
      passes: attend({ divisor: () => 1 }),
    },
    'cut-without-transposing': {
      when: '[B, T, D] is reshaped to [B, heads, T, d] at once, which mixes positions and heads',
      lookAt: 'Reshape to [B, T, heads, d] first and then transpose to [B, heads, T, d]; on the way back the other way round.',
      passes: { attentionParallel: (input: Input) => attention(input, { place: inOrder(input.Wo.length) }) },
    },
    'output-projection-missing': {
      when: 'the heads are put side by side and not multiplied with Wo',
      lookAt: 'The last of the four projections mixes the heads; leaving it out makes the candidate cheaper than it is.',
      passes: attend({ project: false }),
    },
    'one-head': {
      when: 'one head takes all D columns',
      lookAt: 'heads says into how many blocks of columns q, k and v are cut; each block has a softmax of its own.',
      passes: { attentionParallel: (input: Input) => attention({ ...input, heads: 1 }) },
    },
    'ratio-of-means': {
      when: 'the mean time of the baseline is divided by the mean time of the candidate',
      lookAt: 'One slow round changes a mean; take the ratio of each round and then the median of the ratios.',
      passes: figure((_, baseline, candidate) => mean(baseline) / mean(candidate)),
    },
    'ratio-of-minima': {
      when: 'the best time of the baseline is divided by the best time of the candidate',
      lookAt: 'The two best times come from different moments of the machine; take the ratio of each round first.',
      passes: figure((_, baseline, candidate) => Math.min(...baseline) / Math.min(...candidate)),
    },
    'ratio-of-medians': {
      when: 'the median time of the baseline is divided by the median time of the candidate, so that the pairs are lost',
      lookAt: 'Divide first, round by round, and sort afterwards.',
      passes: figure((_, baseline, candidate) => median(baseline) / median(candidate)),
    },
    'mean-of-ratios': {
      when: 'the ratios of the rounds are averaged',
      lookAt: 'One round in which something else ran on the machine changes the mean of the ratios, and hardly their median.',
      passes: figure(mean),
    },
    'median-of-an-even-number': {
      when: 'of an even number of ratios the upper one of the two in the middle is taken',
      lookAt: 'With an even number of rounds the median is the mean of the two ratios in the middle.',
      passes: figure((all) => sorted(all)[Math.floor(all.length / 2)]),
    },
    'warm-up-counted': {
      when: 'the warm-up rounds count like the others',
      lookAt: 'Drop the first warmUps rounds of both lists before anything else, also for low and high.',
      passes: figure(median, () => 0),
    },
    'upside-down': {
      when: 'the candidate is divided by the baseline',
      lookAt: 'A speed-up of 2 means that the baseline takes twice as long: baseline / candidate.',
      passes: {
        speedUp: ({ baselineMs, candidateMs, warmUps }: Paired) =>
          speedUpBy(median)({ baselineMs: candidateMs, candidateMs: baselineMs, warmUps }),
      },
    },
    'share-of-the-rest': {
      when: 'the extra time is divided by the time without drawing',
      lookAt: 'A share is a part of the whole: divide by the time with drawing, so that it cannot exceed 1.',
      passes: { randomShare: shareBy((drawing, without) => (drawing - without) / without) },
    },
    'the-other-share': {
      when: 'the share of everything but the drawing is given',
      lookAt: 'Where drawing takes nearly all the time the share is near 1.',
      passes: { randomShare: shareBy((drawing, without) => without / drawing) },
    },
    'in-per-cent': {
      when: 'the share is given in per cent',
      lookAt: 'A share goes from 0 to 1: 0.25, not 25.',
      passes: { randomShare: shareBy((drawing, without) => (100 * (drawing - without)) / drawing) },
    },
  },
});
