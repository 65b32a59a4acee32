import * as tf from '@tensorflow/tfjs';

/** Sizes: positions `T`, model size `D`, which is even. Plain numbers, no tensors. */
export interface SinusoidalInput {
  readonly T: number;
  readonly D: number;
}

/** Shapes: sequences `B`, heads `N`, positions `T`, size of one head `d`, which is even. */
export interface RotaryInput {
  readonly x: tf.Tensor4D; // [B, N, T, d] queries or keys
  readonly offset: number; // the position of the first row: row t stands at position t + offset
  readonly theta: number; // the base of the frequencies
}

/** Vaswani et al. 2017, "Attention is all you need", section 3.5: PE(t, 2i) = sin(t / 10000^(2i/D)), PE(t, 2i+1) = cos(t / 10000^(2i/D)). */
export function sinusoidalPositions({ T, D }: SinusoidalInput): { out: tf.Tensor2D } {
  const rows = angles(0, T, D, 10_000).map((row) => row.flatMap((angle) => [Math.sin(angle), Math.cos(angle)])); // [T, D]
  return { out: tf.tensor2d(rows) };
}

/**
 * Su et al. 2021, "RoFormer: enhanced Transformer with rotary position embedding", equations 14, 15 and 34: the pair (x[2i], x[2i+1]) at position m is
 * turned by the angle m theta^(-2i/d).
 */
export function rotaryPositions({ x, offset, theta }: RotaryInput): { out: tf.Tensor4D } {
  return tf.tidy(() => {
    const [B, N, T, d] = x.shape;
    const phi = angles(offset, T, d, theta); // [T, d / 2]
    const cos = tf.tensor2d(phi.map((row) => row.map(Math.cos)));
    const sin = tf.tensor2d(phi.map((row) => row.map(Math.sin)));
    const [even, odd] = tf.unstack(tf.reshape(x, [B, N, T, d / 2, 2]), 4); // [B, N, T, d / 2]
    const turned = [tf.sub(tf.mul(even, cos), tf.mul(odd, sin)), tf.add(tf.mul(even, sin), tf.mul(odd, cos))];
    return { out: tf.reshape(tf.stack(turned, 4), [B, N, T, d]) }; // [B, N, T, d]
  });
}

/** The angle of every pair at the positions `first` to `first + T - 1`, in float64: [T, d / 2]. */
function angles(first: number, T: number, d: number, theta: number): number[][] {
  return Array.from({ length: T }, (_, t) => Array.from({ length: d / 2 }, (_pair, i) => (first + t) * theta ** ((-2 * i) / d)));
}
