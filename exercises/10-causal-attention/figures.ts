import * as tf from '@tensorflow/tfjs';

import type { Figures } from '#authoring';

import { elmanSequence } from '../../solutions/02-elman-sequence/elman-sequence.ts';
import { causalAttentionParallel } from '../../solutions/10-causal-attention/causal-attention.ts';

const lengths = [1, 2, 4, 8, 16, 32, 48, 64];
const [B, D] = [2, 8]; // kernels are counted, not timed: small tensors give the same counts as large ones

/** Kernels of one training step, forward and backward, of the sum of all outputs. */
async function countTraining(loss: (...weights: tf.Tensor[]) => tf.Tensor, weights: tf.Tensor[]): Promise<number> {
  const profile = await tf.profile(() => tf.grads((...found) => tf.sum(loss(...found)))(weights));
  return profile.kernels.length;
}

async function recurrent(T: number): Promise<number> {
  const [x, h0] = [tf.ones<tf.Rank.R3>([B, T, D]), tf.zeros<tf.Rank.R2>([B, D])];
  const loss = (...[Wx, Wh, b]: tf.Tensor[]) =>
    elmanSequence({ x, h0, Wx: Wx as tf.Tensor2D, Wh: Wh as tf.Tensor2D, b: b as tf.Tensor1D }).h;
  return countTraining(loss, [tf.ones([D, D]), tf.ones([D, D]), tf.zeros([D])]);
}

async function attentive(T: number): Promise<number> {
  const x = tf.ones<tf.Rank.R4>([B, 1, T, D]);
  const project = (W: tf.Tensor) => tf.reshape<tf.Rank.R4>(tf.matMul(tf.reshape(x, [B * T, D]), W), [B, 1, T, D]);
  const loss = (...[Wq, Wk, Wv]: tf.Tensor[]) => causalAttentionParallel({ q: project(Wq), k: project(Wk), v: project(Wv) }).out;
  return countTraining(loss, [tf.ones([D, D]), tf.ones([D, D]), tf.ones([D, D])]);
}

async function along(count: (T: number) => Promise<number>): Promise<[number, number][]> {
  const points: [number, number][] = [];
  for (const T of lengths) points.push([T, await count(T)]);
  return points;
}

export const figures: Figures = {
  'training-flow': async () => ({
    kind: 'curves',
    title: 'Training flow, RNN against Transformer',
    note: 'Kernels that the device runs one after the other in one training step, forward and backward.',
    x: { label: 'length of the sequence, T' },
    y: { label: 'kernels, one after the other' },
    series: [
      { name: 'Elman network, exercise 2', points: await along(recurrent) },
      { name: 'causal attention, this exercise', points: await along(attentive) },
    ],
  }),
};
