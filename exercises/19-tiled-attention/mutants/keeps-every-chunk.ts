import type * as tf from '@tensorflow/tfjs';

import * as solution from '../../../solutions/19-tiled-attention/tiled-attention.ts';

export * from '../../../solutions/19-tiled-attention/tiled-attention.ts';

const history: unknown[] = [];

/** Right, and writes every chunk into a list that lives as long as the module: no tensor is left behind, and memory grows all the same. */
export function scanChunk(input: solution.ScanChunkInput): { h: tf.Tensor2D } {
  history.push(input.a.dataSync(), input.b.dataSync());
  return solution.scanChunk(input);
}
