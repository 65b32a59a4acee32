import type * as tf from '@tensorflow/tfjs';

export { causalAttention, elmanSequence } from './given.ts'; // the checks count and time them

/** Sequences `B`, steps `T`, numbers at each step `D`. Plain numbers. */
export interface Size {
  readonly B: number;
  readonly T: number;
  readonly D: number;
}

/** What one run asks of the device, by the counting rules of the lesson. */
export interface Cost {
  readonly kernels: number;
  readonly flops: number; // those of the matrix products, two for each multiply-add
  readonly bytes: number; // each kernel reads its tensors and writes its answer, four bytes a number
}

/** Measurements of one pass at `n` sizes. */
export interface FitCostInput {
  readonly kernels: tf.Tensor1D; // [n]
  readonly flops: tf.Tensor1D; // [n]
  readonly microseconds: tf.Tensor1D; // [n] what was measured
}

/** What a device takes for it, microseconds: time = perKernel * kernels + perMegaflop * flops / 1,000,000. */
export interface CostModel {
  readonly perKernel: number;
  readonly perMegaflop: number;
}

/** Both cost models, at a size whose T is asked for. Plain numbers. */
export interface CrossoverInput {
  readonly B: number;
  readonly D: number;
  readonly elmanPerKernel: number;
  readonly elmanPerMegaflop: number;
  readonly attentionPerKernel: number;
  readonly attentionPerMegaflop: number;
}

/**
 * Unstack and stack move B T D numbers in and out. A step is five kernels: x Wx and h Wh (each reads a row and a matrix and writes a row), two sums
 * and a tanh. Only matrix products count as FLOPs, two for each multiply-add, as in Kaplan et al. 2020, "Scaling laws for neural language
 * models", section 2.1.
 */
export function elmanCost({ B, T, D }: Size): Cost {
  const row = B * D; // numbers of one step
  const products = 2 * (row + D * D + row);
  const sums = 2 * row + row + (row + D + row);
  const tanh = row + row;
  const moved = 2 * (T * row + T * row); // unstack and stack
  return { kernels: 5 * T + 2, flops: T * 2 * (2 * B * D * D), bytes: 4 * (T * (products + sums + tanh) + moved) };
}

/** Nine kernels at any length: four projections of [B, T, D], two products with the table [B, T, T], and three kernels on the table itself. */
export function attentionCost({ B, T, D }: Size): Cost {
  const rows = B * T * D;
  const table = B * T * T;
  const projections = 4 * (rows + D * D + rows);
  const withTable = rows + rows + table + (table + rows + rows); // q k^T, and weights v
  const onTable = table + table + (table + T * T + table) + (table + table); // scale, mask, softmax
  return { kernels: 9, flops: 4 * (2 * B * T * D * D) + 2 * (2 * B * T * T * D), bytes: 4 * (projections + withTable + onTable) };
}

/** Least squares on p a + q c = 1, a and c being kernels and megaflops for each microsecond measured: the normal equations, by Cramer's rule. */
export async function fitCost({ kernels, flops, microseconds }: FitCostInput): Promise<CostModel> {
  const [K, F, t] = await Promise.all([kernels.array(), flops.array(), microseconds.array()]); // few numbers, and float64 from here on
  const sum = (term: (a: number, c: number) => number) => t.reduce((total, ti, i) => total + term(K[i] / ti, F[i] / 1e6 / ti), 0);
  const [a, c, aa, ac, cc] = [sum((a) => a), sum((_, c) => c), sum((a) => a * a), sum((a, c) => a * c), sum((_, c) => c * c)];
  const determinant = aa * cc - ac * ac;
  const [perKernel, perMegaflop] = [(a * cc - c * ac) / determinant, (aa * c - ac * a) / determinant];
  if (perKernel < 0) return { perKernel: 0, perMegaflop: c / cc };
  if (perMegaflop < 0) return { perKernel: a / aa, perMegaflop: 0 };
  return { perKernel, perMegaflop };
}

/** Attention's time less the Elman network's is a parabola in T that opens upwards: attention is cheaper between its roots. */
export function crossover(input: CrossoverInput): { T: number } {
  const { B, D, elmanPerKernel, elmanPerMegaflop, attentionPerKernel, attentionPerMegaflop } = input;
  const time = ({ kernels, flops }: Cost, perKernel: number, perMegaflop: number) => perKernel * kernels + (perMegaflop * flops) / 1e6;
  const difference = (T: number) =>
    time(attentionCost({ B, T, D }), attentionPerKernel, attentionPerMegaflop) -
    time(elmanCost({ B, T, D }), elmanPerKernel, elmanPerMegaflop);
  const [at0, at1, at2] = [difference(0), difference(1), difference(2)];
  const square = (at2 - 2 * at1 + at0) / 2; // at0 + linear T + square T^2
  const linear = at1 - at0 - square;
  const root = (-linear + Math.sqrt(linear ** 2 - 4 * square * at0)) / (2 * square); // NaN where attention is never cheaper
  const T = Math.ceil(root) - 1; // the last whole number below the root
  return { T: T >= 1 && difference(T) < 0 ? T : 0 };
}
