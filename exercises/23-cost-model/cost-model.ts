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

/** The cost of elmanSequence in given.ts. */
export function elmanCost(_size: Size): Cost {
  throw new Error('23-cost-model: elmanCost is still to be written');
}

/** The cost of causalAttention in given.ts. */
export function attentionCost(_size: Size): Cost {
  throw new Error('23-cost-model: attentionCost is still to be written');
}

/** The cost model that fits measured times best: smallest sum of squares of the relative errors, and no cost below 0. */
export function fitCost(_input: FitCostInput): Promise<CostModel> {
  throw new Error('23-cost-model: fitCost is still to be written');
}

/**
 * The length at which attention stops being cheaper.
 *
 * @returns T: the last whole length at which attention is predicted to take less time than the Elman network; 0 where there is none
 */
export function crossover(_input: CrossoverInput): { T: number } {
  throw new Error('23-cost-model: crossover is still to be written');
}
