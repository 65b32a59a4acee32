import { defineOracle } from '#authoring';
import { add, matmul, mean, rowTimes, scale, scaledScores, softmax, transpose, weightedSum, zerosLike, zipNumbers } from '#authoring';

type Matrix = number[][]; // [rows][columns]

type Input = {
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
};
type Paired = { baselineMs: number[]; candidateMs: number[]; warmUps: number }; // [R] each
type Drawing = { withDrawingMs: number[]; withoutMs: number[] }; // [R] each

/** h[t] = tanh(x[t] Wx + h[t-1] Wh + b). */
function elmanSequential(input: Input): { h: Matrix[] } {
  return eachStep(input, (xT, h) => beforeTanh(input, xT, h).map(Math.tanh));
}

/** concat(head_1, ..., head_N) Wo, where position t of a head is softmax(q[t] k^T / sqrt(d)) v over the keys and values 0 to t. */
function attentionParallel(input: Input): { out: Matrix[] } {
  return eachHead(input, causal);
}

function causal(q: Matrix, k: Matrix, v: Matrix): Matrix {
  return q.map((query, t) => weightedSum(softmax(scaledScores(query, k.slice(0, t + 1))), v));
}

/** The median of baseline / candidate over the rounds that count, and the smallest and the largest of these ratios. */
function speedUp({ baselineMs, candidateMs, warmUps }: Paired): { speedup: number; low: number; high: number } {
  const counted = ratios(baselineMs, candidateMs).slice(warmUps);
  return { speedup: median(counted), low: Math.min(...counted), high: Math.max(...counted) };
}

/** The median over the rounds of the part of the time that goes into drawing. */
function randomShare({ withDrawingMs, withoutMs }: Drawing): { share: number } {
  return { share: median(zipNumbers(withDrawingMs, withoutMs, (drawing, without) => (drawing - without) / drawing)) };
}

/** Goes through the steps of every sequence. */
function eachStep({ x, h0 }: Input, step: (xT: number[], h: number[]) => number[]): { h: Matrix[] } {
  const states = (xs: Matrix, start: number[]) => {
    let h = start;
    return xs.map((xT) => (h = step(xT, h)));
  };
  return { h: x.map((xs, n) => states(xs, h0[n])) };
}

/** Has each head attend by itself, with d = D / N columns of x Wq, x Wk and x Wv. */
function eachHead({ x, Wq, Wk, Wv, Wo, heads }: Input, attend: typeof causal): { out: Matrix[] } {
  const split = (y: Matrix) => transpose(y.map((row) => pieces(row, row.length / heads))); // [T][D] to [T][N][d] to [N][T][d]
  const sideBySide = (y: Matrix[]) => transpose(y).map((row) => row.flat()); // and back
  return {
    out: x.map((xs) => {
      const [q, k, v] = [Wq, Wk, Wv].map((W) => split(matmul(xs, W)));
      return matmul(sideBySide(q.map((head, i) => attend(head, k[i], v[i]))), Wo);
    }),
  };
}

const beforeTanh = ({ Wx, Wh, b }: Input, xT: number[], h: number[]) => add(add(rowTimes(xT, Wx), rowTimes(h, Wh)), b);
const pieces = <Item>(list: Item[], size: number) => list.flatMap((_, i) => (i % size === 0 ? [list.slice(i, i + size)] : []));
const sorted = (x: number[]) => x.toSorted((y, z) => y - z);
const median = (x: number[]) => (sorted(x)[Math.ceil(x.length / 2) - 1] + sorted(x)[Math.floor(x.length / 2)]) / 2;
const ratios = (baseline: number[], candidate: number[]) => zipNumbers(baseline, candidate, (x, y) => x / y);

const loop = (specification: typeof elmanSequential) => ({ elmanSequential: specification });
const attention = (specification: typeof attentionParallel) => ({ attentionParallel: specification });
const paired = (specification: typeof speedUp) => ({ speedUp: specification });
const share = (specification: typeof randomShare) => ({ randomShare: specification });

/** Another figure made of the rounds that count, under the name of the speed-up. */
const figure = (make: (baseline: number[], candidate: number[]) => number) =>
  paired((input) => {
    const [baseline, candidate] = [input.baselineMs, input.candidateMs].map((ms) => ms.slice(input.warmUps));
    return { ...speedUp(input), speedup: make(baseline, candidate) };
  });

export const oracle = defineOracle({
  passes: { elmanSequential, attentionParallel, speedUp, randomShare },
  misconceptions: {
    'state-not-carried': {
      when: 'every step begins from h0 instead of from the state before it',
      lookAt: 'The variable that holds the state is read by a step and then replaced by what the step made.',
      passes: loop((input) => ({
        h: input.x.map((xs, n) => xs.map((xT) => beforeTanh(input, xT, input.h0[n]).map(Math.tanh))),
      })),
    },
    'bias-missing': {
      when: 'the bias b is left out',
      lookAt: 'The sum inside the tanh has three terms, and two of them, x Wx and b, need no state.',
      passes: loop((input) => elmanSequential({ ...input, b: zerosLike(input.b) })),
    },
    'tanh-missing': {
      when: 'the tanh is left out',
      lookAt: 'Without the tanh the loop would be a linear recurrence, and that has a parallel pass: the race would be another one.',
      passes: loop((input) => eachStep(input, (xT, h) => beforeTanh(input, xT, h))),
    },
    'recurrent-weights-transposed': {
      when: 'the state is multiplied with Wh transposed',
      lookAt: 'Wh is square, so a transposed one fits as well: the state is a row and stands on the left, h Wh.',
      passes: loop((input) => elmanSequential({ ...input, Wh: transpose(input.Wh) })),
    },
    'no-mask': {
      when: 'every position sees the whole sequence, its future included',
      lookAt: 'The loop cannot read ahead, so in a fair race the attention may not either: mask the scores with s > t.',
      passes: attention((input) => eachHead(input, (q, k, v) => q.map((query) => weightedSum(softmax(scaledScores(query, k)), v)))),
    },
    'sees-one-step-ahead': {
      when: 'every position sees one position of its future, s <= t + 1',
      lookAt: 'The last key that position t may use is its own, s = t.',
      passes: attention((input) =>
        eachHead(input, (q, k, v) => q.map((query, t) => weightedSum(softmax(scaledScores(query, k.slice(0, t + 2))), v))),
      ),
    },
    'forgets-far-steps': {
      when: 'a position sees the last 32 positions and none before them',
      lookAt: 'In a fair race every position attends to all of 0 to t, however long the sequence is: the mask shuts out the future only.',
      passes: attention((input) =>
        eachHead(input, (q, k, v) => {
          const recent = (x: Matrix, t: number) => x.slice(Math.max(0, t - 31), t + 1);
          return q.map((query, t) => weightedSum(softmax(scaledScores(query, recent(k, t))), recent(v, t)));
        }),
      ),
    },
    'scaled-by-the-model': {
      when: 'the scores are divided by sqrt(D), the size of the model, instead of the size of one head',
      lookAt: 'A score adds d = D / heads products, so it is divided by sqrt(d).',
      passes: attention((input) => attentionParallel({ ...input, Wq: scale(Math.sqrt(1 / input.heads), input.Wq) })),
    },
    'not-scaled': {
      when: 'the scores are not divided at all',
      lookAt: 'Divide the scores, or the queries, by sqrt(d) with d = D / heads.',
      passes: attention((input) => attentionParallel({ ...input, Wq: scale(Math.sqrt(input.Wq.length / input.heads), input.Wq) })),
    },
    'cut-without-transposing': {
      when: '[B, T, D] is reshaped to [B, heads, T, d] at once, which mixes positions and heads',
      lookAt: 'Reshape to [B, T, heads, d] first and then transpose to [B, heads, T, d]; on the way back the other way round.',
      passes: attention(({ x, Wq, Wk, Wv, Wo, heads }) => ({
        out: x.map((xs) => {
          const [q, k, v] = [Wq, Wk, Wv].map((W) => pieces(pieces(matmul(xs, W).flat(), W.length / heads), xs.length));
          return matmul(pieces(q.map((head, i) => causal(head, k[i], v[i])).flat(2), Wo.length), Wo);
        }),
      })),
    },
    'output-projection-missing': {
      when: 'the heads are put side by side and not multiplied with Wo',
      lookAt: 'The last of the four projections mixes the heads; leaving it out makes the candidate cheaper than it is.',
      passes: attention((input) => attentionParallel({ ...input, Wo: input.Wo.map((row, i) => row.map((_, j) => Number(i === j))) })),
    },
    'one-head': {
      when: 'one head takes all D columns',
      lookAt: 'heads says into how many blocks of columns q, k and v are cut; each block has a softmax of its own.',
      passes: attention((input) => attentionParallel({ ...input, heads: 1 })),
    },
    'ratio-of-means': {
      when: 'the mean time of the baseline is divided by the mean time of the candidate',
      lookAt: 'One slow round changes a mean; take the ratio of each round and then the median of the ratios.',
      passes: figure((baseline, candidate) => mean(baseline) / mean(candidate)),
    },
    'ratio-of-minima': {
      when: 'the best time of the baseline is divided by the best time of the candidate',
      lookAt: 'The two best times come from different moments of the machine; take the ratio of each round first.',
      passes: figure((baseline, candidate) => Math.min(...baseline) / Math.min(...candidate)),
    },
    'ratio-of-medians': {
      when: 'the median time of the baseline is divided by the median time of the candidate, so that the pairs are lost',
      lookAt: 'Divide first, round by round, and sort afterwards.',
      passes: figure((baseline, candidate) => median(baseline) / median(candidate)),
    },
    'mean-of-ratios': {
      when: 'the ratios of the rounds are averaged',
      lookAt: 'One round in which something else ran on the machine changes the mean of the ratios, and hardly their median.',
      passes: figure((baseline, candidate) => mean(ratios(baseline, candidate))),
    },
    'median-of-an-even-number': {
      when: 'of an even number of ratios the upper one of the two in the middle is taken',
      lookAt: 'With an even number of rounds the median is the mean of the two ratios in the middle.',
      passes: figure((baseline, candidate) => sorted(ratios(baseline, candidate))[Math.floor(baseline.length / 2)]),
    },
    'warm-up-counted': {
      when: 'the warm-up rounds count like the others',
      lookAt: 'Drop the first warmUps rounds of both lists before anything else, also for low and high.',
      passes: paired((input) => speedUp({ ...input, warmUps: 0 })),
    },
    'upside-down': {
      when: 'the candidate is divided by the baseline',
      lookAt: 'A speed-up of 2 means that the baseline takes twice as long: baseline / candidate.',
      passes: paired(({ baselineMs, candidateMs, warmUps }) => speedUp({ baselineMs: candidateMs, candidateMs: baselineMs, warmUps })),
    },
    'share-of-the-rest': {
      when: 'the extra time is divided by the time without drawing',
      lookAt: 'A share is a part of the whole: divide by the time with drawing, so that it cannot exceed 1.',
      passes: share(({ withDrawingMs, withoutMs }) => ({
        share: median(zipNumbers(withDrawingMs, withoutMs, (drawing, without) => (drawing - without) / without)),
      })),
    },
    'the-other-share': {
      when: 'the share of everything but the drawing is given',
      lookAt: 'Where drawing takes nearly all the time the share is near 1.',
      passes: share((input) => ({ share: 1 - randomShare(input).share })),
    },
    'in-per-cent': {
      when: 'the share is given in per cent',
      lookAt: 'A share goes from 0 to 1: 0.25, not 25.',
      passes: share((input) => ({ share: 100 * randomShare(input).share })),
    },
  },
});
