import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, positions `T`, model size `D`, width of the feed-forward part `F`. */
export interface LayerNormInput {
  readonly x: tf.Tensor3D; // [B, T, D]
  readonly gain: tf.Tensor1D; // [D]
  readonly bias: tf.Tensor1D; // [D]
  readonly eps: number; // added to the variance, inside the root
}

export interface RmsNormInput {
  readonly x: tf.Tensor3D; // [B, T, D]
  readonly gain: tf.Tensor1D; // [D]
  readonly eps: number; // added to the mean square, inside the root
}

export interface TransformerBlockInput {
  readonly x: tf.Tensor3D; // [B, T, D]
  readonly Wq: tf.Tensor2D; // [D, D] the attention, as in exercise 11
  readonly Wk: tf.Tensor2D; // [D, D]
  readonly Wv: tf.Tensor2D; // [D, D]
  readonly Wo: tf.Tensor2D; // [D, D]
  readonly g1: tf.Tensor1D; // [D] gain and bias of the norm before the attention
  readonly b1: tf.Tensor1D; // [D]
  readonly g2: tf.Tensor1D; // [D] gain and bias of the norm before the feed-forward part
  readonly b2: tf.Tensor1D; // [D]
  readonly W1: tf.Tensor2D; // [D, F] the feed-forward part
  readonly c1: tf.Tensor1D; // [F]
  readonly W2: tf.Tensor2D; // [F, D]
  readonly c2: tf.Tensor1D; // [D]
  readonly heads: number; // a plain number that divides D
  readonly eps: number; // of both norms
}

/** Ba, Kiros and Hinton 2016, "Layer normalization", equations 3 and 4, with eps inside the root: (x - mean) / sqrt(variance + eps) * gain + bias. */
export function layerNorm({ x, gain, bias, eps }: LayerNormInput): { out: tf.Tensor3D } {
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(x, -1, true); // [B, T, 1], of the D numbers of a row
    const standard = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, eps))); // [B, T, D]
    return { out: tf.add<tf.Tensor3D>(tf.mul(standard, gain), bias) };
  });
}

/** Zhang and Sennrich 2019, "Root mean square layer normalization", equation 4, with eps inside the root: x / sqrt(mean(x^2) + eps) * gain. */
export function rmsNorm({ x, gain, eps }: RmsNormInput): { out: tf.Tensor3D } {
  return tf.tidy(() => {
    const meanSquare = tf.mean(tf.square(x), -1, true); // [B, T, 1]
    return { out: tf.mul<tf.Tensor3D>(tf.div(x, tf.sqrt(tf.add(meanSquare, eps))), gain) };
  });
}

/**
 * The block of Vaswani et al. 2017, "Attention is all you need", section 3.1, with each norm before its part instead of behind the sum
 * (Xiong et al. 2020, "On layer normalization in the Transformer architecture", figure 1b).
 */
export function transformerBlock(input: TransformerBlockInput): { out: tf.Tensor3D } {
  return tf.tidy(() => {
    const { x, g1, b1, g2, b2, eps } = input;
    const a = tf.add<tf.Tensor3D>(x, multiHead(layerNorm({ x, gain: g1, bias: b1, eps }).out, input)); // [B, T, D]
    return { out: tf.add<tf.Tensor3D>(a, feedForward(layerNorm({ x: a, gain: g2, bias: b2, eps }).out, input)) };
  });
}

/** Vaswani et al. 2017, equation 2, with GELU in the place of ReLU: GELU(x W1 + c1) W2 + c2, for every position by itself. */
function feedForward(x: tf.Tensor3D, { W1, c1, W2, c2 }: TransformerBlockInput): tf.Tensor3D {
  const z = tf.add<tf.Tensor3D>(project(x, W1), c1); // [B, T, F]
  return tf.add(project(gelu(z), W2), c2); // [B, T, D]
}

/** Hendrycks and Gimpel 2016, "Gaussian error linear units", section 2: z Phi(z) = z / 2 (1 + erf(z / sqrt(2))). */
function gelu(z: tf.Tensor3D): tf.Tensor3D {
  return tf.mul(tf.div(z, 2), tf.add(1, tf.erf(tf.div(z, Math.SQRT2))));
}

/** Multi-head attention of exercise 11, all heads at once. */
function multiHead(x: tf.Tensor3D, { Wq, Wk, Wv, Wo, heads }: TransformerBlockInput): tf.Tensor3D {
  const [B, T, D] = x.shape;
  const [q, k, v] = [Wq, Wk, Wv].map((W) => tf.transpose(tf.reshape(project(x, W), [B, T, heads, D / heads]), [0, 2, 1, 3])); // [B, N, T, d]
  const position = tf.range(0, T); // [T]
  const future = tf.greater(position, tf.expandDims(position, 1)); // [T, T] true where key s lies after query t
  const mask = tf.mul(tf.cast(future, 'float32'), -1e30); // [T, T]
  const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(D / heads)); // [B, N, T, T]
  const answers = tf.matMul(tf.softmax(tf.add(scores, mask)), v); // [B, N, T, d]
  return project(tf.reshape(tf.transpose(answers, [0, 2, 1, 3]), [B, T, D]), Wo); // [B, T, D]
}

/** x W for every position. Batch and time share one axis, because the gradient of a broadcast tf.matMul is not added up over the batch. */
function project(x: tf.Tensor3D, W: tf.Tensor2D): tf.Tensor3D {
  const [B, T, D] = x.shape;
  return tf.reshape(tf.matMul(tf.reshape(x, [B * T, D]), W), [B, T, W.shape[1]]);
}
