/* Complete: nothing here is to be written. Drawn bits, two models and their training. */
import * as tf from '@tensorflow/tfjs';

/** What `model` and `task` count, from 0. */
export const models = ['Elman', 'Transformer'] as const;
export const tasks = ['parity', 'majority'] as const;

/** Whole numbers that depend on the seed and the stream alone: a counter through the last three lines of MurmurHash3. */
class Generator {
  readonly #key: number;
  #count = 0;

  constructor(seed: number, stream: number) {
    this.#key = mix(mix(seed + 1) + stream);
  }

  /** From 0 up to but without 1. */
  uniform(): number {
    return mix(this.#key + Math.imul(this.#count++, 0x9e3779b9)) / 2 ** 32;
  }

  /** Close to a normal distribution of mean 0 and standard deviation 1: four uniform numbers added. */
  normal(): number {
    return (this.uniform() + this.uniform() + this.uniform() + this.uniform() - 2) * Math.sqrt(3); // four uniform numbers have variance 4 / 12
  }
}

function mix(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Bits for every seed, `batch` sequences of `T` each, int32: [S * batch, T]. The same seeds and step give the same bits. */
export function drawBits(seeds: readonly number[], step: number, batch: number, T: number): tf.Tensor2D {
  const rows = seeds.flatMap((seed) => {
    const from = new Generator(seed, mix(step + 2));
    return Array.from({ length: batch }, () => Array.from({ length: T }, () => (from.uniform() < 0.5 ? 0 : 1)));
  });
  return tf.tensor2d(rows, [seeds.length * batch, T], 'int32');
}

type Layout = Readonly<Record<string, { shape: readonly [number, number]; size: number | readonly number[] }>>; // size: standard deviation at the start, of all or of as many blocks of columns
type Weights = Readonly<Record<string, tf.Tensor3D>>;

const [H, D, F] = [47, 12, 24]; // widths of the Elman network, the Transformer and the layers between its attentions: about 2,370 parameters each

const layouts: readonly Layout[] = [
  {
    Wx: { shape: [1, H], size: 1 },
    Wh: { shape: [H, H], size: H ** -0.5 },
    b: { shape: [1, H], size: 0.3 },
    Wout: { shape: [H, 1], size: H ** -0.5 },
    bout: { shape: [1, 1], size: 0 },
  },
  {
    E: { shape: [1, D], size: 1 },
    e: { shape: [1, D], size: 1 },
    ...Object.fromEntries(
      [1, 2].flatMap((layer) => [
        [`qkv${layer}`, { shape: [D, 3 * D], size: [0.5, 0.5, 1].map((part) => part * D ** -0.5) }], // half: at first everybody looks everywhere
        [`o${layer}`, { shape: [D, D], size: D ** -0.5 }],
        [`up${layer}`, { shape: [D, F], size: D ** -0.5 }],
        [`bup${layer}`, { shape: [1, F], size: 0.3 }],
        [`down${layer}`, { shape: [F, D], size: F ** -0.5 }],
      ]),
    ),
    Wout: { shape: [D, 1], size: D ** -0.5 },
    bout: { shape: [1, 1], size: 0 },
  },
];

const sizesOf = (model: number) => Object.values(layouts[model]).map(({ shape: [rows, columns] }) => rows * columns);

/** How many numbers a model has to learn. */
export function parameterCount(model: number): number {
  return sizesOf(model).reduce((sum, size) => sum + size, 0);
}

/** The score of the answer 1 after every bit, for each run: bits [S, B, T] give [S, B, T]. The answer is 1 where the score is above 0. */
export function scores(model: number, theta: tf.Tensor2D, bits: tf.Tensor3D): tf.Tensor3D {
  return tf.tidy(() => {
    const layout = Object.entries(layouts[model]);
    const parts = tf.split(theta, sizesOf(model), 1);
    const weights = Object.fromEntries(layout.map(([name, { shape }], i) => [name, tf.reshape(parts[i], [-1, ...shape])])) as Weights;
    const signs = tf.sub<tf.Tensor3D>(tf.mul(tf.cast(bits, 'float32'), 2), 1); // -1 or 1
    return model === 0 ? recur(weights, signs) : attend(weights, signs);
  });
}

/** The Elman network; the inputs' share of every step is worked out at once, before the loop. */
function recur({ Wx, Wh, b, Wout, bout }: Weights, x: tf.Tensor3D): tf.Tensor3D {
  const [S, B, T] = x.shape;
  const fromInputs = tf.add(tf.mul(tf.reshape(tf.transpose(x, [0, 2, 1]), [S, T * B, 1]), Wx), b); // [S, T * B, H]
  const out = tf.add(tf.matMul(states(fromInputs, Wh, T), Wout), bout); // [S, T * B, 1]
  return tf.transpose(tf.reshape(out, [S, T, B]), [0, 2, 1]);
}

/**
 * All states of h[t] = tanh(z[t] + h[t-1] Wh), [S, T * B, H], and backpropagation through time as in exercise 04, with one product for Wh after the loop. TensorFlow.js would
 * find the gradient too, by more kernels.
 */
function states(fromInputs: tf.Tensor, weights: tf.Tensor, T: number): tf.Tensor {
  const withGradient = tf.customGrad(((inputs: tf.Tensor, Wh: tf.Tensor, save: (kept: tf.Tensor[]) => void) => {
    let h: tf.Tensor | undefined;
    const each = tf.split(inputs, T, 1).map((z) => (h = tf.tanh(h === undefined ? z : tf.add(z, tf.matMul(h, Wh)))));
    const value = tf.concat(each, 1);
    save([value, Wh]);
    const gradFunc = (dStates: tf.Tensor, [all, W]: tf.Tensor[]) => {
      const slopes = tf.split(tf.sub(1, tf.square(all)), T, 1);
      let dz: tf.Tensor | undefined;
      const back = tf.split(dStates, T, 1).reduceRight<tf.Tensor[]>((later, dh, t) => {
        dz = tf.mul(dz === undefined ? dh : tf.add(dh, tf.matMul(dz, W, false, true)), slopes[t]);
        return [dz, ...later];
      }, []);
      const dInputs = tf.concat(back, 1);
      const [S, rows, width] = all.shape;
      const B = rows / T;
      const before = tf.concat([tf.zeros([S, B, width]), tf.slice(all, [0, 0, 0], [S, rows - B, width])], 1); // h[t-1] of every step
      return [dInputs, tf.matMul(before, dInputs, true)];
    };
    return { value, gradFunc };
  }) as never);
  return withGradient(fromInputs, weights);
}

/** A Transformer of two blocks without positions: the causal mask alone says what came before, so no position is one that was never trained. */
function attend(weights: Weights, x: tf.Tensor3D): tf.Tensor3D {
  const [S, B, T] = x.shape;
  const position = tf.range(0, T);
  const mask = tf.mul(tf.cast(tf.greater(position, tf.expandDims(position, 1)), 'float32'), -1e30); // [T, T]
  let y = tf.add(tf.mul(tf.reshape(x, [S, B * T, 1]), weights['E']), weights['e']); // [S, B * T, D]
  for (const layer of [1, 2]) {
    const all = tf.reshape(tf.matMul(rootMeanSquareNorm(y), weights[`qkv${layer}`]), [S * B, T, 3 * D]);
    const [q, k, v] = tf.split(all, 3, 2);
    const a = tf.softmax(tf.add(tf.mul(tf.matMul(q, k, false, true), D ** -0.5), mask)); // [S * B, T, T]
    y = tf.add(y, tf.matMul(tf.reshape(tf.matMul(a, v), [S, B * T, D]), weights[`o${layer}`]));
    const up = tf.relu(tf.add(tf.matMul(rootMeanSquareNorm(y), weights[`up${layer}`]), weights[`bup${layer}`]));
    y = tf.add(y, tf.matMul(up, weights[`down${layer}`]));
  }
  return tf.reshape(tf.add(tf.matMul(rootMeanSquareNorm(y), weights['Wout']), weights['bout']), [S, B, T]);
}

/** y = r x with r = 1 / sqrt(mean x^2); what comes back is r (dy - y mean(y dy)). */
const rootMeanSquareNorm = tf.customGrad(((x: tf.Tensor, save: (kept: tf.Tensor[]) => void) => {
  const r = tf.rsqrt(tf.add(tf.mean(tf.square(x), 2, true), 1e-5));
  const value = tf.mul(x, r);
  save([value, r]);
  const gradFunc = (dy: tf.Tensor, [y, scale]: tf.Tensor[]) => tf.mul(scale, tf.sub(dy, tf.mul(y, tf.mean(tf.mul(y, dy), 2, true))));
  return { value, gradFunc };
}) as never);

/** What to train, on what, and how long. */
export interface Training {
  readonly model: number;
  readonly seeds: readonly number[]; // one run each, all side by side
  readonly steps: number;
  readonly batch: number; // sequences of a run in each step
  readonly T: number; // bits of a sequence
  /** The right answers after every bit: bits [B, T] give [B, T], 0 or 1. */
  readonly answersTo: (bits: tf.Tensor2D) => tf.Tensor;
}

/** Trains a model once for each seed on fresh bits in every step, by Adam with learning rate 0.01, and gives its parameters: [S, P]. */
export function trained({ model, seeds, steps, batch, T, answersTo }: Training): tf.Tensor2D {
  return tf.tidy(() => {
    const S = seeds.length;
    let state = firstState(model, seeds);
    for (let step = 0; step < steps; step++) {
      const next = tf.tidy(() => {
        const bits = drawBits(seeds, step, batch, T);
        const answers = tf.reshape(tf.cast(answersTo(bits), 'float32'), [S, batch, T]);
        const loss = (theta: tf.Tensor2D) => {
          const z = scores(model, theta, tf.reshape(bits, [S, batch, T]));
          return tf.mean(tf.sub(tf.softplus(z), tf.mul(z, answers)), [1, 2]); // [S] cross-entropy
        };
        return adam(state, tf.valueAndGrad(loss)(state.theta).grad, step);
      });
      tf.dispose(state);
      state = next;
    }
    return state.theta;
  });
}

type AdamState = { theta: tf.Tensor2D; m: tf.Tensor2D; v: tf.Tensor2D };

function firstState(model: number, seeds: readonly number[]): AdamState {
  const theta = tf.tensor2d(
    seeds.map((seed) => {
      const from = new Generator(seed, 1);
      return Object.values(layouts[model]).flatMap(({ shape: [rows, columns], size }) =>
        Array.from({ length: rows * columns }, (_, i) => {
          const sizes = typeof size === 'number' ? [size] : size;
          return sizes[Math.floor(((i % columns) * sizes.length) / columns)] * from.normal();
        }),
      );
    }),
  );
  return { theta, m: tf.zerosLike(theta), v: tf.zerosLike(theta) };
}

/** Kingma and Ba 2015, "Adam", algorithm 1. */
function adam({ theta, m, v }: AdamState, gradient: tf.Tensor2D, step: number): AdamState {
  const [rate, beta1, beta2, epsilon] = [0.01, 0.8, 0.95, 1e-8];
  const mNext = tf.add<tf.Tensor2D>(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1));
  const vNext = tf.add<tf.Tensor2D>(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const [mHat, vHat] = [tf.div(mNext, 1 - beta1 ** (step + 1)), tf.div(vNext, 1 - beta2 ** (step + 1))];
  return { theta: tf.sub(theta, tf.mul(tf.div(mHat, tf.add(tf.sqrt(vHat), epsilon)), rate)), m: mNext, v: vNext };
}
