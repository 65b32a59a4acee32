// A cell as a class, both gates in one product of the joined [x, h], and what needs no state taken out of the loop.
import * as tf from '@tensorflow/tfjs';

interface Input {
  readonly x: tf.Tensor3D; // [B, T, I]
  readonly h0: tf.Tensor2D; // [B, H]
  readonly Wx: tf.Tensor2D; // [I, 3H]
  readonly Wh: tf.Tensor2D; // [H, 3H]
  readonly bx: tf.Tensor1D; // [3H]
  readonly bh: tf.Tensor1D; // [3H]
}

class Cell {
  readonly #Wh: tf.Tensor;
  readonly #bh: tf.Tensor;
  readonly #H: number;

  constructor({ Wh, bh, h0 }: Input) {
    this.#Wh = Wh;
    this.#bh = bh;
    this.#H = h0.shape[1];
  }

  step(fromInput: tf.Tensor, h: tf.Tensor): tf.Tensor {
    const H = this.#H;
    const fromState = h.matMul(this.#Wh).add(this.#bh); // [B, 3H]
    const gates = fromInput
      .slice([0, 0], [-1, 2 * H])
      .add(fromState.slice([0, 0], [-1, 2 * H]))
      .sigmoid(); // [B, 2H]
    const [r, z] = gates.split(2, 1);
    const n = fromInput
      .slice([0, 2 * H], [-1, H])
      .add(r.mul(fromState.slice([0, 2 * H], [-1, H])))
      .tanh();
    return n.add(z.mul(h.sub(n))); // (1 - z) n + z h
  }
}

export function gru(input: Input) {
  return tf.tidy(() => {
    const { x, Wx, bx, h0 } = input;
    const [B, T, I] = x.shape;
    const cell = new Cell(input);
    const timeMajor = x.transpose([1, 0, 2]).reshape([T * B, I]); // step by step
    const steps = tf.split(timeMajor.matMul(Wx).add(bx), T, 0); // T of [B, 3H]
    const states: tf.Tensor[] = [];
    for (const step of steps) states.push(cell.step(step, states.at(-1) ?? h0));
    return { h: tf.stack(states).transpose([1, 0, 2]), hT: states.at(-1) };
  });
}
