import * as tf from '@tensorflow/tfjs';

import * as solution from '../../../solutions/20-the-race/the-race.ts';

export * from '../../../solutions/20-the-race/the-race.ts';

/** One query after the other in short sequences; long ones at once, so that the proof does not take all day. */
export function attentionParallel(input: solution.RaceInput): { out: tf.Tensor3D } {
  const { x } = input;
  const [, T] = x.shape;
  if (T > 64) return solution.attentionParallel(input);
  return tf.tidy(() => {
    const answers = Array.from({ length: T }, (_, t) => {
      const { out } = solution.attentionParallel({ ...input, x: tf.slice(x, [0, 0, 0], [-1, t + 1, -1]) }); // [B, t + 1, D]
      return tf.slice(out, [0, t, 0], [-1, 1, -1]); // [B, 1, D]
    });
    return { out: tf.concat(answers, 1) };
  });
}
