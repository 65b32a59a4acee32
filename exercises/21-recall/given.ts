/* Complete: nothing here is to be written. The drawn numbers of the tasks, the three models and one step of Adam. */
import * as tf from '@tensorflow/tfjs';

/** What `model` and `task` count, from 0. */
export const models = ['Elman', 'LSTM', 'Transformer'] as const;
export const tasks = ['copy', 'adding', 'recall', 'coins'] as const;

const V = 16; // tokens of the vocabulary
const [nCopy, nAdding, nRecall, nCoins] = [4, 8, 3, 9]; // symbols to copy, digits to add, pairs to recall, coins to toss
const longest = 9; // positions of a sequence: 2 nCopy, nAdding, 3 nRecall and nCoins

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
  const generators = new Map(seeds.map((seed) => [seed, new Generator(seed, mix(step + 2))]));
  const rows = (row: (from: Generator) => number[]) => {
    const drawn = new Map([...generators].map(([seed, from]) => [seed, Array.from({ length: batch }, () => row(from))])); // once, however many runs read them
    return seeds.flatMap((seed) => drawn.get(seed) as number[][]); // [R * B] rows
  };
  const list = (from: Generator, n: number, low: number, high: number) => Array.from({ length: n }, () => low + from.below(high - low));
  const matrix = (x: number[][]) => tf.tensor2d(Int32Array.from(x.flat()), [x.length, x[0].length], 'int32');
  const vector = (x: number[][]) => tf.tensor1d(x.flat(), 'int32');
  const draws = [
    () => ({ symbols: matrix(rows((from) => list(from, nCopy, 1, V))) }),
    () => ({
      digits: matrix(rows((from) => list(from, nAdding, 0, V / 2))),
      first: vector(rows((from) => list(from, 1, 0, nAdding / 2))),
      second: vector(rows((from) => list(from, 1, nAdding / 2, nAdding))),
    }),
    () => ({
      keys: matrix(rows((from) => from.shuffled(V / 2).slice(0, nRecall))),
      values: matrix(rows((from) => list(from, nRecall, V / 2, V))),
      order: matrix(rows((from) => from.shuffled(nRecall))),
    }),
    () => ({
      tokens: matrix(rows((from) => list(from, nCoins, 0, V))),
      targets: matrix(rows((from) => list(from, nCoins, 0, V))),
      mask: tf.ones([seeds.length * batch, nCoins]),
    }),
  ];
  return draws[task]();
}

/** Shape of a parameter, and mean and standard deviation of its numbers at the start: one for all, or one for each of as many blocks of columns. */
type Layout = Readonly<Record<string, { shape: readonly [number, number]; size: number | readonly number[]; middle?: readonly number[] }>>;
type Weights = Readonly<Record<string, tf.Tensor3D>>;

const [H, G, D] = [44, 20, 18]; // widths of Elman network, LSTM and Transformer: about 3,350 parameters each

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
    b: { shape: [1, 4 * G], size: 0, middle: [1, 0, 0, 0] }, // the forget gate starts open
    Wout: { shape: [G, V], size: G ** -0.5 },
    bout: { shape: [1, V], size: 0 },
  },
  {
    E: { shape: [V, D], size: 1 }, // what a token is
    P: { shape: [longest, D], size: 0.5 }, // where it stands; smaller than what, or nobody would look for tokens at first
    ...Object.fromEntries(
      [1, 2].flatMap((layer) => [
        [`qkv${layer}`, { shape: [D, 3 * D] as const, size: [0.5, 0.5, 1].map((part) => part * D ** -0.5) }], // half: at first everybody looks everywhere
        [`o${layer}`, { shape: [D, D] as const, size: D ** -0.5 }],
      ]),
    ),
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
      return Object.values(layoutOf(model)).flatMap(({ shape: [rows, columns], size, middle = [0] }) => {
        const sizes = typeof size === 'number' ? [size] : size;
        const of = (blocks: readonly number[], i: number) => blocks[Math.floor(((i % columns) * blocks.length) / columns)];
        return Array.from({ length: rows * columns }, (_, i) => of(middle, i) + (size === 0 ? 0 : of(sizes, i) * from.normal()));
      });
    }),
  );
}

/** Scores for the token that is asked for, at every position: [R, B, T, V]. Run r has the parameters theta[r] and reads tokens[r], [B, T]. */
export function logits(model: number, theta: tf.Tensor2D, tokens: tf.Tensor3D): tf.Tensor4D {
  return tf.tidy(() => {
    const layout = Object.entries(layoutOf(model));
    const parts = tf.split(theta, sizesOf(model), 1);
    const weights = Object.fromEntries(layout.map(([name, { shape }], i) => [name, tf.reshape(parts[i], [-1, ...shape])])) as Weights;
    return model === 2 ? attend(weights, tokens) : recur(model === 0 ? elman : lstm, weights, tokens);
  });
}

/** A recurrent network around its loop. The inputs' share of every step is worked out at once, before it. */
function recur(loop: typeof elman, { Wx, Wh, b, Wout, bout }: Weights, tokens: tf.Tensor3D): tf.Tensor4D {
  const [R, B, steps] = tokens.shape;
  const x = tf.reshape(tf.cast(tf.oneHot(tf.transpose(tokens, [0, 2, 1]), V), 'float32'), [R, steps * B, V]);
  const states = loop(tf.add(tf.matMul(x, Wx), b), Wh, steps); // [R, T * B, H]
  const out = tf.add(tf.matMul(states, Wout), bout); // [R, T * B, V]
  return tf.transpose(tf.reshape(out, [R, steps, B, V]), [0, 2, 1, 3]);
}

/** What a loop over time makes, and how a gradient goes back through it. TensorFlow.js would find the gradient too, by three times as many kernels. */
const withGradient = tf.customGrad as unknown as (
  loop: (
    fromInputs: tf.Tensor,
    Wh: tf.Tensor,
    save: (kept: tf.Tensor[]) => void,
  ) => { value: tf.Tensor; gradFunc: (dStates: tf.Tensor, kept: tf.Tensor[]) => [tf.Tensor, tf.Tensor] },
) => (fromInputs: tf.Tensor, Wh: tf.Tensor) => tf.Tensor;

/** All states of h[t] = tanh(z[t] + h[t-1] Wh), and backpropagation through time as in exercise 04, with one product for Wh after the loop. */
function elman(fromInputs: tf.Tensor, weights: tf.Tensor, steps: number): tf.Tensor {
  return withGradient((inputs, Wh, save) => {
    let h: tf.Tensor | undefined;
    const states = tf.split(inputs, steps, 1).map((z) => (h = tf.tanh(h === undefined ? z : tf.add(z, tf.matMul(h, Wh)))));
    const value = tf.concat(states, 1);
    save([value, Wh]);
    return {
      value,
      gradFunc: (dStates, [all, W]) => {
        const slopes = tf.split(tf.sub(1, tf.square(all)), steps, 1);
        let dz: tf.Tensor | undefined;
        const back = tf.split(dStates, steps, 1).reduceRight<tf.Tensor[]>((later, dh, t) => {
          dz = tf.mul(dz === undefined ? dh : tf.add(dh, tf.matMul(dz, W, false, true)), slopes[t]);
          return [dz, ...later];
        }, []);
        const dInputs = tf.concat(back, 1);
        return [dInputs, gradientOfWh(all, dInputs, steps)];
      },
    };
  })(fromInputs, weights);
}

/** The same for the LSTM of exercise 06. `slope` is what a small change of the four sums in a step does to the cell, and in the place of the output gate to h. */
function lstm(fromInputs: tf.Tensor, weights: tf.Tensor, steps: number): tf.Tensor {
  return withGradient((inputs, Wh, save) => {
    let [h, c]: (tf.Tensor | undefined)[] = [];
    const all = tf.split(inputs, steps, 1).map((fromInput) => {
      const z = h === undefined ? fromInput : tf.add(fromInput, tf.matMul(h, Wh)); // [R, B, 4 G]
      const [sums, candidate] = tf.split(z, [3 * G, G], 2);
      const [gates, news] = [tf.sigmoid(sums), tf.tanh(candidate)];
      const [f, i, o] = tf.split(gates, 3, 2);
      const added = tf.mul(i, news);
      c = c === undefined ? added : tf.add(tf.mul(f, c), added);
      h = tf.mul(o, tf.tanh(c));
      return [h, c, gates, news];
    });
    const [states, cells, gates, news] = [0, 1, 2, 3].map((part) =>
      tf.concat(
        all.map((step) => step[part]),
        1,
      ),
    );
    save([states, cells, gates, news, Wh]);
    return {
      value: states,
      gradFunc: (dStates, [hs, cs, gs, ns, W]) => {
        const [f, i, o] = tf.split(gs, 3, 2); // [R, T * B, G]
        const tanhs = tf.tanh(cs);
        const slopes = tf.mul(
          tf.concat([tf.mul(gs, tf.sub(1, gs)), tf.sub(1, tf.square(ns))], 2),
          tf.concat([earlier(cs, steps), ns, tanhs, i], 2),
        );
        const [slope, forget, through] = [slopes, f, tf.mul(o, tf.sub(1, tf.square(tanhs)))].map((x) => tf.split(x, steps, 1));
        let [dz, dc]: (tf.Tensor | undefined)[] = [];
        const back = tf.split(dStates, steps, 1).reduceRight<tf.Tensor[]>((later, own, t) => {
          const dh = dz === undefined ? own : tf.add(own, tf.matMul(dz, W, false, true));
          const fromH = tf.mul(dh, through[t]);
          dc = dc === undefined ? fromH : tf.add(tf.mul(dc, forget[t + 1]), fromH);
          dz = tf.mul(tf.concat([dc, dc, dh, dc], 2), slope[t]);
          return [dz, ...later];
        }, []);
        const dInputs = tf.concat(back, 1);
        return [dInputs, gradientOfWh(hs, dInputs, steps)];
      },
    };
  })(fromInputs, weights);
}

/** What stood there one step earlier, zeros before the first: [R, T * B, H]. */
function earlier(x: tf.Tensor, steps: number): tf.Tensor {
  const [R, rows, H] = x.shape;
  const B = rows / steps;
  return tf.concat([tf.zeros([R, B, H]), tf.slice(x, [0, 0, 0], [R, rows - B, H])], 1);
}

const gradientOfWh = (states: tf.Tensor, dInputs: tf.Tensor, steps: number) => tf.matMul(earlier(states, steps), dInputs, true);

/** A Transformer of two layers of causal attention with one head, each after a root-mean-square norm, and no layers between them. */
function attend(weights: Weights, tokens: tf.Tensor3D): tf.Tensor4D {
  const [R, B, steps] = tokens.shape;
  const { E, P, Wout, bout } = weights;
  const position = tf.range(0, steps);
  const mask = tf.mul(tf.cast(tf.greater(position, tf.expandDims(position, 1)), 'float32'), -1e30); // [T, T]
  const x = tf.matMul(tf.reshape(tf.cast(tf.oneHot(tokens, V), 'float32'), [R, B * steps, V]), E);
  let y = tf.reshape(tf.add(tf.reshape(x, [R, B, steps, D]), tf.expandDims(tf.slice(P, [0, 0, 0], [R, steps, D]), 1)), [R, B * steps, D]);
  for (const layer of [1, 2]) {
    const all = tf.reshape(tf.matMul(rootMeanSquareNorm(y), weights[`qkv${layer}`]), [R * B, steps, 3 * D]);
    const [q, k, v] = tf.split(all, 3, 2);
    const a = tf.softmax(tf.add(tf.mul(tf.matMul(q, k, false, true), D ** -0.5), mask)); // [R * B, T, T]
    y = tf.add(y, tf.matMul(tf.reshape(tf.matMul(a, v), [R, B * steps, D]), weights[`o${layer}`]));
  }
  return tf.reshape(tf.add(tf.matMul(rootMeanSquareNorm(y), Wout), bout), [R, B, steps, V]);
}

/** y = r x with r = 1 / sqrt(mean x^2); what comes back is r (dy - y mean(y dy)). */
const rootMeanSquareNorm = tf.customGrad(((x: tf.Tensor, save: (kept: tf.Tensor[]) => void) => {
  const r = tf.rsqrt(tf.add(tf.mean(tf.square(x), 2, true), 1e-5));
  const value = tf.mul(x, r);
  save([value, r]);
  const gradFunc = (dy: tf.Tensor, [y, scale]: tf.Tensor[]) => tf.mul(scale, tf.sub(dy, tf.mul(y, tf.mean(tf.mul(y, dy), 2, true))));
  return { value, gradFunc };
}) as never);

/** What training changes: parameters `theta`, running means of the gradient `m` and of its square `v`, all [R, P]. */
export type AdamState = { readonly theta: tf.Tensor2D; readonly m: tf.Tensor2D; readonly v: tf.Tensor2D };

/** Kingma and Ba 2015, "Adam", algorithm 1, with a learning rate for each run, [R]. The first step is step 0; beta1 and beta2 are small, since training is short. */
export function adam({ theta, m, v }: AdamState, gradient: tf.Tensor2D, step: number, learningRates: tf.Tensor1D): AdamState {
  return tf.tidy(() => {
    const [beta1, beta2, epsilon] = [0.8, 0.95, 1e-8];
    const mNext = tf.add(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1)) as tf.Tensor2D;
    const vNext = tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as tf.Tensor2D;
    const [mHat, vHat] = [tf.div(mNext, 1 - beta1 ** (step + 1)), tf.div(vNext, 1 - beta2 ** (step + 1))];
    const change = tf.mul(tf.div(mHat, tf.add(tf.sqrt(vHat), epsilon)), tf.expandDims(learningRates, 1));
    return { theta: tf.sub(theta, change) as tf.Tensor2D, m: mNext, v: vNext };
  });
}
