import * as tf from '@tensorflow/tfjs';
/**
 * Elman 1990, "Finding structure in time", figure 2, in the notation of Goodfellow, Bengio and Courville 2016, "Deep learning",
 * equations 10.8 and 10.9, with row vectors: h[t] = tanh(x[t] Wx + h[t-1] Wh + b).
 */
export function elmanSequence({ x, h0, Wx, Wh, b }) {
    return tf.tidy(() => {
        let h = h0; // [B, H]
        const states = tf.unstack(x, 1).map((xT) => {
            const z = tf.add(tf.add(tf.matMul(xT, Wx), tf.matMul(h, Wh)), b); // [B, H]
            return (h = tf.tanh(z));
        });
        return { h: tf.stack(states, 1), hT: h }; // [B, T, H] and [B, H]
    });
}
