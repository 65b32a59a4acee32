import { defineOracle, dot, onesLike, sum, zipNumbers } from '#authoring';

type Size = { B: number; T: number; D: number };
type Cost = { kernels: number; flops: number; bytes: number };
type Model = { perKernel: number; perMegaflop: number }; // microseconds
type Measured = { kernels: number[]; flops: number[]; microseconds: number[] }; // [n] each
type Prices = Record<'elmanPerKernel' | 'elmanPerMegaflop' | 'attentionPerKernel' | 'attentionPerMegaflop', number>;
type CrossoverInput = { B: number; D: number } & Prices;

/** elmanSequence in given.ts: unstack, the five kernels of every step, stack. */
function elmanCost({ B, T, D }: Size): Cost {
  const [row, all] = [B * D, elementwise(B * T * D, B * T * D)];
  const step = [product(B, D, D), product(B, D, D), elementwise(row, row, row), elementwise(row, row, D), elementwise(row, row)];
  return costOf([all, ...step.map((kernel) => ({ ...kernel, times: T })), all]);
}

/** causalAttention in given.ts: three projections, the scores, divided, masked, their softmax, the averages, a fourth projection. */
function attentionCost({ B, T, D }: Size): Cost {
  const [rows, scores, projection] = [B * T * D, B * T * T, product(B * T, D, D)];
  return costOf([
    projection,
    projection,
    projection,
    { reads: [rows, rows], writes: scores, multiplyAdds: scores * D },
    elementwise(scores, scores),
    elementwise(scores, scores, T * T),
    elementwise(scores, scores),
    { reads: [scores, rows], writes: rows, multiplyAdds: scores * D },
    projection,
  ]);
}

/** Least squares of the relative errors, every measurement divided by its own time: the model should say 1. A cost below 0 becomes 0, and the other one is fitted alone. */
function fitCost(input: Measured): Model {
  return fitNotNegative(...relative(input));
}

/** The last length at which attention is cheaper; 0 where there is none. The difference is a parabola, so attention is cheaper everywhere between the first and the last. */
function crossover(input: CrossoverInput): { T: number } {
  let T = firstCheaper(input);
  if (T > 0) for (let step = farthest; step >= 1; step /= 2) if (difference(input, T + step) < 0) T += step;
  return { T };
}

/** One kernel: the numbers of each tensor that it reads, the numbers that it writes, its multiply-adds, and how often it runs. */
type Kernel = { reads: number[]; writes: number; multiplyAdds?: number; times?: number };

/** [rows, from] times [from, to]. */
const product = (rows: number, from: number, to: number): Kernel => ({
  reads: [rows * from, from * to],
  writes: rows * to,
  multiplyAdds: rows * from * to,
});
const elementwise = (writes: number, ...reads: number[]): Kernel => ({ reads, writes });

const costOf = (kernels: readonly Kernel[]): Cost => ({
  kernels: sum(kernels.map(({ times = 1 }) => times)),
  flops: 2 * sum(kernels.map(({ multiplyAdds = 0, times = 1 }) => times * multiplyAdds)),
  bytes: 4 * sum(kernels.map(({ reads, writes, times = 1 }) => times * (sum(reads) + writes))),
});

/** What attention takes more than the Elman network at a length, microseconds. */
function difference({ B, D, ...price }: CrossoverInput, T: number): number {
  const time = (perKernel: number, perMegaflop: number, { kernels, flops }: Cost) => perKernel * kernels + (perMegaflop * flops) / 1e6;
  return (
    time(price.attentionPerKernel, price.attentionPerMegaflop, attentionCost({ B, T, D })) -
    time(price.elmanPerKernel, price.elmanPerMegaflop, elmanCost({ B, T, D }))
  );
}

const farthest = 2 ** 16; // steps; some prices hardly ever make them cross

/** The first length at which attention takes less; 0 where the difference begins to grow before that. */
function firstCheaper(input: CrossoverInput): number {
  for (let T = 1; T <= farthest; T++) {
    if (difference(input, T) < 0) return T;
    if (difference(input, T + 1) >= difference(input, T)) return 0;
  }
  return 0;
}

const megaflops = (flops: number[]) => flops.map((F) => F / 1e6);
const relative = ({ kernels, flops, microseconds }: Measured) => {
  const [a, c] = [kernels, megaflops(flops)].map((x) => zipNumbers(x, microseconds, (value, time) => value / time));
  return [a, c, onesLike(a)] as const;
};

/** The two costs for which perKernel a + perMegaflop c comes closest to `target`. */
function leastSquares(a: number[], c: number[], target: number[]): Model {
  const [aa, ac, cc, at, ct] = [dot(a, a), dot(a, c), dot(c, c), dot(a, target), dot(c, target)];
  const determinant = aa * cc - ac * ac;
  return { perKernel: (at * cc - ct * ac) / determinant, perMegaflop: (aa * ct - ac * at) / determinant };
}

function fitNotNegative(a: number[], c: number[], target: number[]): Model {
  const model = leastSquares(a, c, target);
  if (model.perKernel < 0) return { perKernel: 0, perMegaflop: dot(c, target) / dot(c, c) };
  return model.perMegaflop < 0 ? { perKernel: dot(a, target) / dot(a, a), perMegaflop: 0 } : model;
}

const elman = (specification: typeof elmanCost) => ({ elmanCost: specification });
const attention = (specification: typeof attentionCost) => ({ attentionCost: specification });
const crossing = (specification: typeof crossover) => ({ crossover: specification });
const fitting = (specification: typeof fitCost) => ({ fitCost: specification });

/** Both costs, changed. */
const changed = (change: (cost: Cost, size: Size) => Partial<Cost>) => ({
  ...elman((size) => ({ ...elmanCost(size), ...change(elmanCost(size), size) })),
  ...attention((size) => ({ ...attentionCost(size), ...change(attentionCost(size), size) })),
});

/** Attention that leaves so many scores of every table out: eight times a kernel reads or writes each, and once its place in the mask. */
const withoutScores = (missing: (T: number) => number) =>
  attention(({ B, T, D }) => {
    const { kernels, flops, bytes } = attentionCost({ B, T, D });
    return { kernels, flops: flops - 4 * B * missing(T) * D, bytes: bytes - 4 * (8 * B + 1) * missing(T) };
  });

export const oracle = defineOracle({
  passes: { elmanCost, attentionCost, fitCost, crossover },
  misconceptions: {
    'one-flop-for-two': {
      when: 'a multiplication and the addition after it are counted as one FLOP',
      lookAt: 'A product of [n, k] with [k, m] takes n k m multiplications and as many additions: 2 n k m FLOPs.',
      passes: changed(({ flops }) => ({ flops: flops / 2 })),
    },
    'row-for-a-table': {
      when: 'every position is given one score where it has T of them',
      lookAt: 'The scores are a table of T by T for each sequence: T is squared in everything that touches it.',
      passes: withoutScores((T) => T * T - T),
    },
    'half-the-table': {
      when: 'only the scores that the mask lets through are counted',
      lookAt: 'The kernels compute the whole table, T by T, and the mask throws half of it away afterwards; it is paid for all the same.',
      passes: withoutScores((T) => (T * (T - 1)) / 2),
    },
    'projections-forgotten': {
      when: 'the four products with Wq, Wk, Wv and Wo are left out of the FLOPs',
      lookAt: 'Read given.ts from the top: before the scores stand three products with a [D, D] matrix, and at the end a fourth.',
      passes: attention(({ B, T, D }) => ({ ...attentionCost({ B, T, D }), flops: 4 * B * T * T * D })),
    },
    'one-sequence-only': {
      when: 'the FLOPs and bytes are those of one sequence, whatever B is',
      lookAt: 'Every sequence of the batch has rows and tables of its own; only the weights and the mask are there once.',
      passes: {
        ...elman((size) => elmanCost({ ...size, B: 1 })),
        ...attention((size) => attentionCost({ ...size, B: 1 })),
      },
    },
    'kernels-for-each-sequence': {
      when: 'every sequence of the batch is given kernels of its own',
      lookAt: 'One kernel works on the whole batch, however large it is: B does not show in the count.',
      passes: changed(({ kernels }, { B }) => ({ kernels: B * kernels })),
    },
    'one-kernel-a-step': {
      when: 'a step of the Elman network is counted as one kernel',
      lookAt: 'Every call of tf is a kernel: count those between the braces of the step.',
      passes: elman((size) => ({ ...elmanCost(size), kernels: size.T + 2 })),
    },
    'eight-bytes': {
      when: 'a number is taken to have eight bytes',
      lookAt: 'TensorFlow.js computes in float32: four bytes a number.',
      passes: changed(({ bytes }) => ({ bytes: 2 * bytes })),
    },
    'weights-read-once': {
      when: 'the Elman network is taken to read its weights and bias once for the whole sequence',
      lookAt: 'Every step is a kernel of its own and reads Wx, Wh and b again; nothing is remembered from one kernel to the next.',
      passes: elman(({ B, T, D }) => {
        const cost = elmanCost({ B, T, D });
        return { ...cost, bytes: cost.bytes - 4 * (T - 1) * (2 * D * D + D) };
      }),
    },
    'first-loss': {
      when: 'the search begins at T = 1 and stops at the first length at which attention loses',
      lookAt: 'At T = 1 attention often loses, since it has the more kernels; it wins later, up to the larger root of the parabola.',
      passes: crossing((input) => {
        let T = 1;
        while (T < farthest && difference(input, T) < 0) T++;
        return { T: T - 1 };
      }),
    },
    'first-win': {
      when: 'the answer is the first length at which attention is cheaper, not the last',
      lookAt: 'Of the two roots of the parabola take the larger one: behind it attention never wins again.',
      passes: crossing((input) => ({ T: firstCheaper(input) })),
    },
    'one-too-far': {
      when: 'the answer is the first length at which attention is no longer cheaper',
      lookAt: 'Asked for is the last length at which it still is: one less.',
      passes: crossing((input) => ({ T: crossover(input).T === 0 ? 0 : crossover(input).T + 1 })),
    },
    'root-of-a-negative': {
      when: 'the square root is taken of a negative number, which is NaN, where attention is never cheaper',
      lookAt: 'A parabola that stays above 0 has no roots: look at what is under the square root first, and answer 0 then.',
      passes: crossing((input) => ({ T: crossover(input).T || NaN })),
    },
    'kernels-for-nothing': {
      when: 'the crossover compares the FLOPs and takes kernels to cost nothing',
      lookAt: 'What the loop loses it loses by its kernels: the time is perKernel kernels + perMegaflop megaflops, for both.',
      passes: crossing((input) => crossover({ ...input, elmanPerKernel: 0, attentionPerKernel: 0 })),
    },
    'absolute-errors': {
      when: 'the squares of the errors in microseconds are added up, so that only the longest times count',
      lookAt: 'Divide every measurement by its own time first: then an error of ten per cent counts the same everywhere.',
      passes: fitting(({ kernels, flops, microseconds }) => fitNotNegative(kernels, megaflops(flops), microseconds)),
    },
    'cost-below-zero': {
      when: 'a cost may come out below 0',
      lookAt: 'No kernel gives time back: such a cost is 0, and the other one is fitted alone.',
      passes: fitting((input) => leastSquares(...relative(input))),
    },
    'not-fitted-again': {
      when: 'a cost below 0 is set to 0 and the other one is left as it was',
      lookAt: 'The other cost was fitted together with the negative one; once that is 0, fit it again alone.',
      passes: fitting((input) => {
        const { perKernel, perMegaflop } = leastSquares(...relative(input));
        return { perKernel: Math.max(0, perKernel), perMegaflop: Math.max(0, perMegaflop) };
      }),
    },
    'flops-for-megaflops': {
      when: 'the second cost is that of one FLOP',
      lookAt: 'Divide the FLOPs by a million first; microseconds for a single FLOP are too small a number to read.',
      passes: fitting((input) => ({ ...fitCost(input), perMegaflop: fitCost(input).perMegaflop / 1e6 })),
    },
  },
});
