import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, positions `T`, choices at each position `V`. */
export interface StableSoftmaxInput {
  readonly x: tf.Tensor3D; // [B, T, V] a number for every choice
}

/**
 * Goodfellow, Bengio and Courville 2016, "Deep learning", section 4.1, equation 4.1: softmax(x) = softmax(x - m), with m the maximum of each row.
 * Then no exponential is above 1 and one of them is 1, so their sum lies between 1 and V. Taking m away lowers lse by m, which is put back.
 */
export function stableSoftmax({ x }: StableSoftmaxInput): { p: tf.Tensor3D; lse: tf.Tensor2D } {
  return tf.tidy(() => {
    const m = tf.max(x, -1, true); // [B, T, 1]
    const e = tf.exp<tf.Tensor3D>(tf.sub(x, m)); // [B, T, V] from 0 to 1
    const sum = tf.sum(e, -1, true); // [B, T, 1] from 1 to V
    const lse = tf.add(m, tf.log(sum)); // [B, T, 1]
    return { p: tf.div<tf.Tensor3D>(e, sum), lse: tf.squeeze<tf.Tensor2D>(lse, [2]) }; // [B, T, V] and [B, T]
  });
}

/** Shapes: sequences `B`, positions `T`, choices at each position `V`. */
export interface CrossEntropyInput {
  readonly logits: tf.Tensor3D; // [B, T, V] a number for every choice, before the softmax
  readonly targets: tf.Tensor2D; // [B, T] int32, the choice that was right, 0 to V - 1
}

/** Goodfellow, Bengio and Courville 2016, section 6.2.2.3, equation 6.30: -ln softmax(x)[y] = lse(x) - x[y], here as the mean over all positions. */
export function crossEntropy({ logits, targets }: CrossEntropyInput): { loss: tf.Scalar } {
  return tf.tidy(() => {
    const V = logits.shape[2];
    const { lse } = stableSoftmax({ x: logits }); // [B, T]
    const chosen = tf.sum(tf.mul(logits, tf.oneHot(targets, V)), -1); // [B, T] the logit of each target
    return { loss: tf.mean<tf.Scalar>(tf.sub(lse, chosen)) }; // []
  });
}
