/* Complete: nothing here is to be written. The drawn numbers of the tasks, the three models and one step of Adam. */
import * as tf from '@tensorflow/tfjs';

/** What `model` and `task` count, from 0. */
export const models = ['Elman', 'LSTM', 'Transformer'] as const;
export const tasks = ['copy', 'adding', 'recall', 'coins'] as const;

const [V, T] = [16, 12]; // tokens of the vocabulary, positions of a sequence: the same for every task
const [nCopy, nRecall] = [T / 2, T / 3]; // symbols to copy; pairs to recall

/** Whole numbers that depend on the seed and the stream alone: a counter through the last three lines of MurmurHash3. */
class Generator {
  readonly #key: number;
  #count = 0;

  constructor(seed: number, stream: number) {
    this.#key = mix(mix(seed + 1) + stream);
  }

  /** From 0 up to but without `n`. */
  below(n: number): number {
    return Math.floor((mix(this.#key + Math.imul(this.#count++, 0x9e3779b9)) / 2 ** 32) * n);
  }

  /** Close to a normal distribution of mean 0 and standard deviation 1: four uniform numbers added. */
  normal(): number {
    const sum = this.below(2 ** 32) + this.below(2 ** 32) + this.below(2 ** 32) + this.below(2 ** 32);
    return (sum / 2 ** 32 - 2) * Math.sqrt(3); // four uniform numbers have variance 4 / 12
  }

  /** 0 to n - 1 in any order. */
  shuffled(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}

function mix(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The numbers from which a task makes one batch for every run, named as the task's function takes them: `batch` sequences from the first seed, then as many
 * from the second, and so on. The same task, seed, step and batch give the same numbers wherever and whenever they are asked for.
 */
export function drawNumbers(task: number, seeds: readonly number[], step: number, batch: number): Record<string, tf.Tensor> {
  const generators = seeds.map((seed) => new Generator(seed, mix(step + 2)));
  const rows = (row: (from: Generator) => number[]) => generators.flatMap((from) => Array.from({ length: batch }, () => row(from))); // [R * B] rows
  const list = (from: Generator, n: number, low: number, high: number) => Array.from({ length: n }, () => low + from.below(high - low));
  const matrix = (x: number[][]) => tf.tensor2d(x, undefined, 'int32');
  const vector = (x: number[][]) => tf.tensor1d(x.flat(), 'int32');
  const draws = [
    () => ({ symbols: matrix(rows((from) => list(from, nCopy, 1, V))) }),
    () => ({
      digits: matrix(rows((from) => list(from, T, 0, V / 2))),
      first: vector(rows((from) => list(from, 1, 0, T / 2))),
      second: vector(rows((from) => list(from, 1, T / 2, T))),
    }),
    () => ({
      keys: matrix(rows((from) => from.shuffled(V / 2).slice(0, nRecall))),
      values: matrix(rows((from) => list(from, nRecall, V / 2, V))),
      order: matrix(rows((from) => from.shuffled(nRecall))),
    }),
    () => ({
      tokens: matrix(rows((from) => list(from, T, 0, V))),
      targets: matrix(rows((from) => list(from, T, 0, V))),
      mask: tf.ones([seeds.length * batch, T]),
    }),
  ];
  return draws[task]();
}

/** Shape of a parameter, and mean and standard deviation of its numbers at the start. */
type Layout = Readonly<Record<string, { shape: readonly [number, number]; size: number; middle?: number }>>;
type Weights = Readonly<Record<string, tf.Tensor3D>>;

const [H, G, D] = [44, 20, 18]; // widths of Elman network, LSTM and Transformer: about 3,400 parameters each

const layouts: readonly Layout[] = [
  {
    Wx: { shape: [V, H], size: 1 },
    Wh: { shape: [H, H], size: H ** -0.5 },
    b: { shape: [1, H], size: 0 },
    Wout: { shape: [H, V], size: H ** -0.5 },
    bout: { shape: [1, V], size: 0 },
  },
  {
    Wx: { shape: [V, 4 * G], size: 1 }, // gates in the order forget, input, output, candidate
    Wh: { shape: [G, 4 * G], size: G ** -0.5 },
    bf: { shape: [1, G], size: 0, middle: 1 }, // the forget gate starts open
    b: { shape: [1, 3 * G], size: 0 },
    Wout: { shape: [G, V], size: G ** -0.5 },
    bout: { shape: [1, V], size: 0 },
  },
  {
    E: { shape: [V, D], size: 1 }, // what a token is
    P: { shape: [T, D], size: 1 }, // where it stands
    ...Object.fromEntries(['q1', 'k1', 'q2', 'k2'].map((name) => [name, { shape: [D, D] as const, size: 0.5 * D ** -0.5 }])), // half: at first everybody looks everywhere
    ...Object.fromEntries(['v1', 'o1', 'v2', 'o2'].map((name) => [name, { shape: [D, D] as const, size: D ** -0.5 }])),
    Wout: { shape: [D, V], size: D ** -0.5 },
    bout: { shape: [1, V], size: 0 },
  },
];

const layoutOf = (model: number) => layouts[model];
const sizesOf = (model: number) => Object.values(layoutOf(model)).map(({ shape: [rows, columns] }) => rows * columns);

/** How many numbers a model has to learn, P. */
export function parameterCount(model: number): number {
  return sizesOf(model).reduce((sum, size) => sum + size, 0);
}

/** The parameters of a model before the first step, one row for each seed: [R, P]. */
export function firstParameters(model: number, seeds: readonly number[]): tf.Tensor2D {
  return tf.tensor2d(
    seeds.map((seed) => {
      const from = new Generator(seed, 1);
      return Object.values(layoutOf(model)).flatMap(({ shape: [rows, columns], size, middle = 0 }) =>
        Array.from({ length: rows * columns }, () => (size === 0 ? middle : middle + size * from.normal())),
      );
    }),
  );
}

/** Scores for the token that is asked for, at every position: [R, B, T, V]. Run r has the parameters theta[r] and reads tokens[r], [B, T]. */
export function logits(model: number, theta: tf.Tensor2D, tokens: tf.Tensor3D): tf.Tensor4D {
  return tf.tidy(() => {
    const layout = Object.entries(layoutOf(model));
    const parts = tf.split(theta, sizesOf(model), 1);
    const weights = Object.fromEntries(layout.map(([name, { shape }], i) => [name, tf.reshape(parts[i], [-1, ...shape])])) as Weights;
    return (model === 2 ? attend : recur)(weights, tokens);
  });
}

/** The Elman network, or the LSTM where there is a forget gate. The inputs' share of every step is worked out at once, before the loop. */
function recur({ Wx, Wh, b, bf, Wout, bout }: Weights, tokens: tf.Tensor3D): tf.Tensor4D {
  const [R, B, steps] = tokens.shape;
  const x = tf.reshape(tf.cast(tf.oneHot(tf.transpose(tokens, [0, 2, 1]), V), 'float32'), [R, steps * B, V]);
  const fromInputs = tf.add(tf.matMul(x, Wx), bf === undefined ? b : tf.concat([bf, b], 2));
  let [h, c]: (tf.Tensor | undefined)[] = [];
  const states = tf.split(fromInputs, steps, 1).map((fromInput) => {
    const z = h === undefined ? fromInput : tf.add(fromInput, tf.matMul(h, Wh)); // [R, B, H] or [R, B, 4 G]
    if (bf === undefined) return (h = tf.tanh(z));
    const [gates, candidate] = tf.split(z, [3 * G, G], 2);
    const [f, i, o] = tf.split(tf.sigmoid(gates), 3, 2);
    const news = tf.mul(i, tf.tanh(candidate));
    c = c === undefined ? news : tf.add(tf.mul(f, c), news);
    return (h = tf.mul(o, tf.tanh(c)));
  });
  const out = tf.add(tf.matMul(tf.concat(states, 1), Wout), bout); // [R, T * B, V]
  return tf.transpose(tf.reshape(out, [R, steps, B, V]), [0, 2, 1, 3]);
}

/** A Transformer of two layers of causal attention with one head, each after a root-mean-square norm, and no layers between them. */
function attend(weights: Weights, tokens: tf.Tensor3D): tf.Tensor4D {
  const [R, B, steps] = tokens.shape;
  const { E, P, Wout, bout } = weights;
  const position = tf.range(0, steps);
  const mask = tf.mul(tf.cast(tf.greater(position, tf.expandDims(position, 1)), 'float32'), -1e30); // [T, T]
  const x = tf.matMul(tf.reshape(tf.cast(tf.oneHot(tokens, V), 'float32'), [R, B * steps, V]), E);
  let y = tf.reshape(tf.add(tf.reshape(x, [R, B, steps, D]), tf.expandDims(tf.slice(P, [0, 0, 0], [R, steps, D]), 1)), [R, B * steps, D]);
  for (const layer of [1, 2]) {
    const z = rootMeanSquareNorm(y);
    const [q, k, v] = ['q', 'k', 'v'].map((name) => tf.reshape(tf.matMul(z, weights[`${name}${layer}`]), [R * B, steps, D]));
    const a = tf.softmax(tf.add(tf.mul(tf.matMul(q, k, false, true), D ** -0.5), mask)); // [R * B, T, T]
    y = tf.add(y, tf.matMul(tf.reshape(tf.matMul(a, v), [R, B * steps, D]), weights[`o${layer}`]));
  }
  return tf.reshape(tf.add(tf.matMul(rootMeanSquareNorm(y), Wout), bout), [R, B, steps, V]);
}

function rootMeanSquareNorm(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), 2, true), 1e-5)));
}

/** What training changes: parameters `theta`, running means of the gradient `m` and of its square `v`, all [R, P]. */
export type AdamState = { readonly theta: tf.Tensor2D; readonly m: tf.Tensor2D; readonly v: tf.Tensor2D };

/** Kingma and Ba 2015, "Adam", algorithm 1, with a learning rate for each run, [R]. The first step is step 0; beta2 is 0.99, since training is short. */
export function adam({ theta, m, v }: AdamState, gradient: tf.Tensor2D, step: number, learningRates: tf.Tensor1D): AdamState {
  return tf.tidy(() => {
    const [beta1, beta2, epsilon] = [0.9, 0.99, 1e-8];
    const mNext = tf.add(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1)) as tf.Tensor2D;
    const vNext = tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as tf.Tensor2D;
    const [mHat, vHat] = [tf.div(mNext, 1 - beta1 ** (step + 1)), tf.div(vNext, 1 - beta2 ** (step + 1))];
    const change = tf.mul(tf.div(mHat, tf.add(tf.sqrt(vHat), epsilon)), tf.expandDims(learningRates, 1));
    return { theta: tf.sub(theta, change) as tf.Tensor2D, m: mNext, v: vNext };
  });
}
