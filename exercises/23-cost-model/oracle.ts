import { defineOracle } from '#authoring';

interface Size extends Record<string, number> {
  B: number;
  T: number;
  D: number;
}

interface Cost extends Record<string, number> {
  kernels: number;
  flops: number;
  bytes: number;
}

interface Measured extends Record<string, number[]> {
  kernels: number[]; // [n]
  flops: number[]; // [n]
  microseconds: number[]; // [n]
}

interface CrossoverInput extends Record<string, number> {
  B: number;
  D: number;
  elmanPerKernel: number;
  elmanPerMegaflop: number;
  attentionPerKernel: number;
  attentionPerMegaflop: number;
}

/** One kernel: the numbers of each tensor that it reads, the numbers that it writes, its multiply-adds, and how often it runs. */
interface Kernel {
  reads: number[];
  writes: number;
  multiplyAdds?: number;
  times?: number;
}

/** [rows, from] times [from, to]. */
const product = (rows: number, from: number, to: number): Kernel => ({
  reads: [rows * from, from * to],
  writes: rows * to,
  multiplyAdds: rows * from * to,
});
const elementwise = (writes: number, ...reads: number[]): Kernel => ({ reads, writes });

/** The kernels of elmanSequence in given.ts. */
function elmanKernels({ B, T, D }: Size): Kernel[] {
  const [row, all] = [B * D, elementwise(B * T * D, B * T * D)];
  const step = [product(B, D, D), product(B, D, D), elementwise(row, row, row), elementwise(row, row, D), elementwise(row, row)];
  return [all, ...step.map((kernel) => ({ ...kernel, times: T })), all]; // unstack, the steps, stack
}

/** The kernels of causalAttention; `table` is the number of scores that each sequence is said to have. */
function attentionKernels({ B, T, D }: Size, table = T * T): Kernel[] {
  const projection = product(B * T, D, D);
  const [rows, scores] = [B * T * D, B * table];
  return [
    projection,
    projection,
    projection,
    { reads: [rows, rows], writes: scores, multiplyAdds: scores * D },
    elementwise(scores, scores),
    elementwise(scores, scores, table),
    elementwise(scores, scores),
    { reads: [scores, rows], writes: rows, multiplyAdds: scores * D },
    projection,
  ];
}

const add = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0);
const costOf = (kernels: readonly Kernel[]): Cost => ({
  kernels: add(kernels.map(({ times = 1 }) => times)),
  flops: 2 * add(kernels.map(({ multiplyAdds = 0, times = 1 }) => times * multiplyAdds)),
  bytes: 4 * add(kernels.map(({ reads, writes, times = 1 }) => times * (add(reads) + writes))),
});
const elmanCost = (size: Size) => costOf(elmanKernels(size));
const attentionCost = (size: Size) => costOf(attentionKernels(size));

type Difference = (T: number) => number;

/** What attention takes more than the Elman network at a length, microseconds. */
const differenceOf =
  ({ B, D, elmanPerKernel, elmanPerMegaflop, attentionPerKernel, attentionPerMegaflop }: CrossoverInput): Difference =>
  (T) => {
    const [e, a] = [elmanCost({ B, T, D }), attentionCost({ B, T, D })];
    return (
      attentionPerKernel * a.kernels +
      (attentionPerMegaflop * a.flops) / 1e6 -
      elmanPerKernel * e.kernels -
      (elmanPerMegaflop * e.flops) / 1e6
    );
  };

const farthest = 2 ** 16; // steps; some prices hardly ever make them cross

/** The first length at which attention takes less; 0 where the difference begins to grow before that. */
function firstCheaper(difference: Difference): number {
  for (let T = 1; T <= farthest; T++) {
    if (difference(T) < 0) return T;
    if (difference(T + 1) >= difference(T)) return 0;
  }
  return 0;
}

/** The last one. The difference is a parabola, so attention is cheaper everywhere between the first and the last. */
function lastCheaper(difference: Difference): { T: number } {
  let T = firstCheaper(difference);
  if (T > 0) for (let step = farthest; step >= 1; step /= 2) if (difference(T + step) < 0) T += step;
  return { T };
}

const crossover = (input: CrossoverInput) => lastCheaper(differenceOf(input));

/** The two costs for which perKernel a + perMegaflop c comes closest to `target`, and what each would be alone. */
function leastSquares(a: number[], c: number[], target: number[], settle = refit): { perKernel: number; perMegaflop: number } {
  const dot = (x: number[], y: number[]) => add(x.map((value, i) => value * y[i]));
  const [aa, ac, cc, at, ct] = [dot(a, a), dot(a, c), dot(c, c), dot(a, target), dot(c, target)];
  const determinant = aa * cc - ac * ac;
  return settle((at * cc - ct * ac) / determinant, (aa * ct - ac * at) / determinant, at / aa, ct / cc);
}

/** A cost below 0 becomes 0, and the other cost is fitted alone. */
function refit(perKernel: number, perMegaflop: number, kernelsAlone: number, flopsAlone: number) {
  if (perKernel < 0) return { perKernel: 0, perMegaflop: flopsAlone };
  return perMegaflop < 0 ? { perKernel: kernelsAlone, perMegaflop: 0 } : { perKernel, perMegaflop };
}

/** Least squares of the relative errors: every measurement is divided by its own time. */
function fitCost({ kernels, flops, microseconds: t }: Measured, settle = refit) {
  const [a, c] = [kernels.map((K, i) => K / t[i]), flops.map((F, i) => F / 1e6 / t[i])];
  return leastSquares(
    a,
    c,
    t.map(() => 1),
    settle,
  );
}

/** Both costs as somebody counts them. */
const counted = (elman: typeof elmanCost, attention: typeof attentionCost) => ({ elmanCost: elman, attentionCost: attention });
const changed = (change: (cost: Cost, size: Size) => Partial<Cost>) =>
  counted(
    (size) => ({ ...elmanCost(size), ...change(elmanCost(size), size) }) as Cost,
    (size) => ({ ...attentionCost(size), ...change(attentionCost(size), size) }) as Cost,
  );

export const oracle = defineOracle({
  passes: { elmanCost, attentionCost, fitCost: (input: Measured) => fitCost(input), crossover },
  misconceptions: {
    'one-flop-for-two': {
      when: 'a multiplication and the addition after it are counted as one FLOP',
      lookAt: 'A product of [n, k] with [k, m] takes n k m multiplications and as many additions: 2 n k m FLOPs.',
      passes: changed(({ flops }) => ({ flops: flops / 2 })),
    },
    'row-for-a-table': {
      when: 'every position is given one score where it has T of them',
      lookAt: 'The scores are a table of T by T for each sequence: T is squared in everything that touches it.',
      passes: counted(elmanCost, (size) => costOf(attentionKernels(size, size.T))),
    },
    'half-the-table': {
      when: 'only the scores that the mask lets through are counted',
      lookAt: 'The kernels compute the whole table, T by T, and the mask throws half of it away afterwards; it is paid for all the same.',
      passes: counted(elmanCost, (size) => costOf(attentionKernels(size, (size.T * (size.T + 1)) / 2))),
    },
    'projections-forgotten': {
      when: 'the four products with Wq, Wk, Wv and Wo are left out of the FLOPs',
      lookAt: 'Read given.ts from the top: before the scores stand three products with a [D, D] matrix, and at the end a fourth.',
      passes: counted(elmanCost, ({ B, T, D }) => ({ ...attentionCost({ B, T, D }), flops: 4 * B * T * T * D })),
    },
    'one-sequence-only': {
      when: 'the FLOPs and bytes are those of one sequence, whatever B is',
      lookAt: 'Every sequence of the batch has rows and tables of its own; only the weights and the mask are there once.',
      passes: counted(
        (size) => elmanCost({ ...size, B: 1 }),
        (size) => attentionCost({ ...size, B: 1 }),
      ),
    },
    'kernels-for-each-sequence': {
      when: 'every sequence of the batch is given kernels of its own',
      lookAt: 'One kernel works on the whole batch, however large it is: B does not show in the count.',
      passes: changed(({ kernels }, { B }) => ({ kernels: B * kernels })),
    },
    'one-kernel-a-step': {
      when: 'a step of the Elman network is counted as one kernel',
      lookAt: 'Every call of tf is a kernel: count those between the braces of the step.',
      passes: counted((size) => ({ ...elmanCost(size), kernels: size.T + 2 }), attentionCost),
    },
    'eight-bytes': {
      when: 'a number is taken to have eight bytes',
      lookAt: 'TensorFlow.js computes in float32: four bytes a number.',
      passes: changed(({ bytes }) => ({ bytes: 2 * bytes })),
    },
    'weights-read-once': {
      when: 'the Elman network is taken to read its weights and bias once for the whole sequence',
      lookAt: 'Every step is a kernel of its own and reads Wx, Wh and b again; nothing is remembered from one kernel to the next.',
      passes: counted(({ B, T, D }) => {
        const cost = elmanCost({ B, T, D });
        return { ...cost, bytes: cost.bytes - 4 * (T - 1) * (2 * D * D + D) };
      }, attentionCost),
    },
    'first-loss': {
      when: 'the search begins at T = 1 and stops at the first length at which attention loses',
      lookAt: 'At T = 1 attention often loses, since it has the more kernels; it wins later, up to the larger root of the parabola.',
      passes: {
        crossover: (input: CrossoverInput) => {
          const difference = differenceOf(input);
          let T = 1;
          while (T < farthest && difference(T) < 0) T++;
          return { T: T - 1 };
        },
      },
    },
    'first-win': {
      when: 'the answer is the first length at which attention is cheaper, not the last',
      lookAt: 'Of the two roots of the parabola take the larger one: behind it attention never wins again.',
      passes: {
        crossover: (input: CrossoverInput) => ({ T: firstCheaper(differenceOf(input)) }),
      },
    },
    'one-too-far': {
      when: 'the answer is the first length at which attention is no longer cheaper',
      lookAt: 'Asked for is the last length at which it still is: one less.',
      passes: { crossover: (input: CrossoverInput) => ({ T: crossover(input).T === 0 ? 0 : crossover(input).T + 1 }) },
    },
    'root-of-a-negative': {
      when: 'the square root is taken of a negative number, which is NaN, where attention is never cheaper',
      lookAt: 'A parabola that stays above 0 has no roots: look at what is under the square root first, and answer 0 then.',
      passes: { crossover: (input: CrossoverInput) => ({ T: crossover(input).T || NaN }) },
    },
    'kernels-for-nothing': {
      when: 'the crossover compares the FLOPs and takes kernels to cost nothing',
      lookAt: 'What the loop loses it loses by its kernels: the time is perKernel kernels + perMegaflop megaflops, for both.',
      passes: { crossover: (input: CrossoverInput) => crossover({ ...input, elmanPerKernel: 0, attentionPerKernel: 0 }) },
    },
    'absolute-errors': {
      when: 'the squares of the errors in microseconds are added up, so that only the longest times count',
      lookAt: 'Divide every measurement by its own time first: then an error of ten per cent counts the same everywhere.',
      passes: {
        fitCost: ({ kernels, flops, microseconds }: Measured) =>
          leastSquares(
            kernels,
            flops.map((F) => F / 1e6),
            microseconds,
          ),
      },
    },
    'cost-below-zero': {
      when: 'a cost may come out below 0',
      lookAt: 'No kernel gives time back: such a cost is 0, and the other one is fitted alone.',
      passes: { fitCost: (input: Measured) => fitCost(input, (perKernel, perMegaflop) => ({ perKernel, perMegaflop })) },
    },
    'not-fitted-again': {
      when: 'a cost below 0 is set to 0 and the other one is left as it was',
      lookAt: 'The other cost was fitted together with the negative one; once that is 0, fit it again alone.',
      passes: {
        fitCost: (input: Measured) => fitCost(input, (p, q) => ({ perKernel: Math.max(0, p), perMegaflop: Math.max(0, q) })),
      },
    },
    'flops-for-megaflops': {
      when: 'the second cost is that of one FLOP',
      lookAt: 'Divide the FLOPs by a million first; microseconds for a single FLOP are too small a number to read.',
      passes: { fitCost: (input: Measured) => ({ ...fitCost(input), perMegaflop: fitCost(input).perMegaflop / 1e6 }) },
    },
  },
});
