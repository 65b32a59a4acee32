import * as tf from '@tensorflow/tfjs';

/** Shapes: sequences `B`, steps `T`, input size `I`, hidden size `H`. */
export interface ElmanInput {
  readonly x: tf.Tensor3D; // [B, T, I] the input of every step
  readonly h0: tf.Tensor2D; // [B, H] the state before the first step
  readonly Wx: tf.Tensor2D; // [I, H] from the input to the new state
  readonly Wh: tf.Tensor2D; // [H, H] from the old state to the new state
  readonly b: tf.Tensor1D; // [H] the bias
}

export interface ElmanBackwardInput extends ElmanInput {
  readonly dh: tf.Tensor3D; // [B, T, H] the gradient of the loss by every state, as the loss itself sees it
  readonly window?: number; // steps in one piece of the truncated form; without it the sequence is one piece
}

/** The gradient of the loss by each of the five inputs, in the shape of that input. */
export interface ElmanGradients {
  readonly dx: tf.Tensor3D; // [B, T, I]
  readonly dh0: tf.Tensor2D; // [B, H]
  readonly dWx: tf.Tensor2D; // [I, H]
  readonly dWh: tf.Tensor2D; // [H, H]
  readonly db: tf.Tensor1D; // [H]
}

/** h[t] = tanh(x[t] Wx + h[t-1] Wh + b), one step after the other. Goodfellow, Bengio and Courville 2016, "Deep learning", equations 10.8 and 10.9. */
export function elmanSequence({ x, h0, Wx, Wh, b }: ElmanInput): { h: tf.Tensor3D; hT: tf.Tensor2D } {
  return tf.tidy(() => {
    let h = h0; // [B, H]
    const states = tf.unstack(x, 1).map((xT) => {
      const z = tf.add<tf.Tensor2D>(tf.add(tf.matMul(xT, Wx), tf.matMul(h, Wh)), b); // [B, H]
      return (h = tf.tanh(z));
    });
    return { h: tf.stack(states, 1) as tf.Tensor3D, hT: h }; // [B, T, H] and [B, H]
  });
}

/**
 * Werbos 1990, "Backpropagation through time: what it does and how to do it", section III; Goodfellow, Bengio and Courville 2016, section 10.2.2,
 * with row vectors: delta[t] = (dh[t] + delta[t+1] Wh^T) (1 - h[t]^2), and every weight adds up what it did at every step.
 */
export function elmanBackward({ x, h0, Wx, Wh, b, dh, window = Infinity }: ElmanBackwardInput): ElmanGradients {
  return tf.tidy(() => {
    const [B, T, I] = x.shape;
    const h = tf.unstack(elmanSequence({ x, h0, Wx, Wh, b }).h, 1); // T of [B, H]
    const own = tf.unstack(dh, 1); // T of [B, H]
    const deltas: tf.Tensor[] = []; // T of [B, H] the gradient by the sum inside the tanh
    let carry: tf.Tensor = tf.zerosLike(h0); // [B, H] what the steps after this one report
    for (let t = T - 1; t >= 0; t--) {
      const delta = tf.mul(tf.add(own[t], carry), tf.sub(1, tf.square(h[t]))); // [B, H]
      deltas.unshift(delta);
      const beginsPiece = t > 0 && t % window === 0; // the piece before it hears nothing
      carry = beginsPiece ? tf.zerosLike(h0) : tf.matMul(delta, Wh, false, true); // delta[t] Wh^T
    }
    // The errors are known: the rest needs no loop. Rows of all steps and sequences lie under one another, and a product adds over them.
    const delta = tf.reshape(tf.stack(deltas, 1), [B * T, -1]); // [B T, H]
    const before = tf.reshape(tf.stack([h0, ...h.slice(0, -1)], 1), [B * T, -1]); // [B T, H] row t is h[t-1]
    return {
      dx: tf.reshape<tf.Rank.R3>(tf.matMul(delta, Wx, false, true), [B, T, I]), // delta[t] Wx^T
      dh0: carry as tf.Tensor2D, // delta[0] Wh^T
      dWx: tf.matMul<tf.Tensor2D>(tf.reshape(x, [B * T, I]), delta, true), // sum of x[t]^T delta[t]
      dWh: tf.matMul<tf.Tensor2D>(before, delta, true), // sum of h[t-1]^T delta[t]
      db: tf.sum<tf.Tensor1D>(delta, 0), // sum of delta[t]
    };
  });
}
