import { defineOracle } from '#authoring';
import { add, dot, mapNumbers, type Matrix, onesLike, type Row, rowTimes, scale, statesBefore, transpose, zipNumbers } from '#authoring';

type Input = {
  x: Matrix[]; // [B][T][I]
  h0: Matrix; // [B][H]
  Wx: Matrix; // [I][H]
  Wh: Matrix; // [H][H]
  b: Row; // [H]
  cotangent: Matrix; // [B][H]
};
type LinearInput = Pick<Input, 'Wh' | 'cotangent'> & { T: number };
type SingularInput = {
  W: Matrix; // [H][H]
  start: Matrix; // [1][H]
  rounds: number;
};
type Gradients = {
  g1: Matrix; // [I][H]
  g2: Matrix; // [H][H]
  g3: Row; // [H]
};
type ClipInput = Gradients & { maxNorm: number };
type Norms = { norms: Matrix }; // [B][T + 1]

/** How long the gradient is by the state k steps before the last: at each step back, g becomes (g (1 - h^2)) Wh^T. */
function gradientByDistance(input: Input): Norms {
  return lengths(gradients(input, states(input)));
}

/** The same without the tanh: g becomes g Wh^T. */
function linearGradientByDistance({ Wh, cotangent, T }: LinearInput): Norms {
  return lengths(cotangent.map((last) => walk(last, Array.from({ length: T }), (g) => rowTimes(g, transpose(Wh)))));
}

/** The gradients by the states of every sequence, the last state first: through the tanh, then through Wh. */
function gradients({ Wh, cotangent }: Pick<Input, 'Wh' | 'cotangent'>, h: Matrix[]): Matrix[] {
  return cotangent.map((last, n) => walk(last, h[n].toReversed(), (g, after) => rowTimes(backThroughTanh(g, after), transpose(Wh))));
}

/** h[t] = tanh(x[t] Wx + h[t-1] Wh + b), [B][T][H]. */
function states({ x, h0, Wx, Wh, b }: Input): Matrix[] {
  return h0.map((start, n) => walk(start, x[n], (h, xT) => add(add(rowTimes(xT, Wx), rowTimes(h, Wh)), b).map(Math.tanh)).slice(1));
}

/** A row and what becomes of it step by step: one row more than there are steps. */
function walk<Step>(start: Row, steps: readonly Step[], next: (row: Row, step: Step) => Row): Matrix {
  const rows = [start];
  for (const step of steps) rows.push(next(rows[rows.length - 1], step));
  return rows;
}

const norm = (v: Row) => Math.sqrt(dot(v, v));
const lengths = (g: Matrix[]): Norms => ({ norms: g.map((rows) => rows.map(norm)) });
const backThroughTanh = (g: Row, h: Row) => zipNumbers(g, h, (value, after) => value * (1 - after * after));

/** Power iteration on W^T W. */
function largestSingularValue({ W, start, rounds }: SingularInput): { sigma: number } {
  let v = unit(start[0]);
  for (let round = 0; round < rounds; round++) v = unit(rowTimes(rowTimes(v, transpose(W)), W));
  return { sigma: norm(rowTimes(v, transpose(W))) };
}

const unit = (v: Row) => scale(1 / norm(v), v);

/** All three gradients times one factor, so that their common length is at most maxNorm; norm is the length before. */
function clipByGlobalNorm(input: ClipInput) {
  const length = globalNorm(input);
  return { ...eachGradient(input, (g) => scale(shortening(length, input.maxNorm), g)), norm: length };
}

const globalNorm = ({ g1, g2, g3 }: Gradients) => norm([...g1.flat(), ...g2.flat(), ...g3]);
const shortening = (length: number, maxNorm: number) => (length > maxNorm ? maxNorm / length : 1);
const eachGradient = ({ g1, g2, g3 }: Gradients, change: <G extends Row | Matrix>(g: G) => G) => ({
  g1: change(g1),
  g2: change(g2),
  g3: change(g3),
});

/** The network, the slope of tanh taken at other states. */
const slopesAt = (others: (h: Matrix[], input: Input) => Matrix[]) => ({
  gradientByDistance: (input: Input) => lengths(gradients(input, others(states(input), input))),
});

/** Both networks, their lengths told in another way. */
const told = (change: (norms: Matrix) => Matrix) => ({
  gradientByDistance: (input: Input) => ({ norms: change(gradientByDistance(input).norms) }),
  linearGradientByDistance: (input: LinearInput) => ({ norms: change(linearGradientByDistance(input).norms) }),
});

/** Each gradient clipped by itself. */
const clippedEach = (clip: <G extends Row | Matrix>(g: G, maxNorm: number) => G) => ({
  clipByGlobalNorm: (input: ClipInput) => ({ ...clipByGlobalNorm(input), ...eachGradient(input, (g) => clip(g, input.maxNorm)) }),
});

/** Clipping with another idea of the length, or of the factor. */
const clippedBy = (measure: (input: Gradients) => number, factor = shortening) => ({
  clipByGlobalNorm: (input: ClipInput) => {
    const length = measure(input);
    return { ...eachGradient(input, (g) => scale(factor(length, input.maxNorm), g)), norm: length };
  },
});

export const oracle = defineOracle({
  passes: { gradientByDistance, linearGradientByDistance, largestSingularValue, clipByGlobalNorm },
  misconceptions: {
    'slope-missing': {
      when: 'the slope of tanh is left out, as if the network were linear',
      lookAt: 'Before a gradient goes through Wh it goes through the tanh: multiply it with 1 - h_t^2, number by number.',
      passes: { gradientByDistance: (input: Input) => linearGradientByDistance({ ...input, T: input.x[0].length }) },
    },
    'slope-of-the-state-before': {
      when: 'the slope is taken at the state before the step, 1 - h_{t-1}^2',
      lookAt: 'The tanh of step t made h_t, so its slope is 1 - h_t^2; h0 came out of no tanh and its slope is never used.',
      passes: slopesAt((h, { h0 }) => statesBefore(h, h0)),
    },
    'tanh-once-more': {
      when: 'the slope is 1 - tanh(h_t)^2, with a second tanh',
      lookAt: 'h_t is already a tanh: its slope is 1 - h_t^2.',
      passes: slopesAt((h) => mapNumbers(h, Math.tanh)),
    },
    'slope-after-the-weights': {
      when: 'the gradient goes through Wh first and is multiplied with the slope after that',
      lookAt: 'Forwards a step is Wh and then tanh, so backwards it is the slope first and then Wh.',
      passes: {
        gradientByDistance: (input: Input) => {
          const stepBack = (g: Row, after: Row) => backThroughTanh(rowTimes(g, transpose(input.Wh)), after);
          return lengths(states(input).map((h, n) => walk(input.cotangent[n], h.toReversed(), stepBack)));
        },
      },
    },
    'weights-not-transposed': {
      when: 'the gradient is multiplied with Wh and not with its transpose',
      lookAt: 'h Wh leads forwards, g Wh^T leads back; tf.matMul(g, Wh, false, true) transposes the second matrix.',
      passes: {
        gradientByDistance: (input: Input) => lengths(gradients({ ...input, Wh: transpose(input.Wh) }, states(input))),
        linearGradientByDistance: (input: LinearInput) => linearGradientByDistance({ ...input, Wh: transpose(input.Wh) }),
      },
    },
    'counted-from-the-start': {
      when: 'the first length belongs to the first state and the last one to the last state',
      lookAt: 'The place in norms is the distance from the end: norms[0] is that of the last state, norms[T] that of h0.',
      passes: told((norms) => norms.map((row) => row.toReversed())),
    },
    'root-forgotten': {
      when: 'the squares are added up and the root is not taken',
      lookAt: 'The length of a row is the square root of the sum of its squares.',
      passes: told((norms) => mapNumbers(norms, (length) => length ** 2)),
    },
    'cotangent-forgotten': {
      when: 'the walk back begins with ones instead of the cotangent',
      lookAt: 'The gradient by the last state is given: it is the cotangent, and its length is norms[0].',
      passes: {
        gradientByDistance: (input: Input) => gradientByDistance({ ...input, cotangent: onesLike(input.cotangent) }),
        linearGradientByDistance: (input: LinearInput) => linearGradientByDistance({ ...input, cotangent: onesLike(input.cotangent) }),
      },
    },
    'one-length-for-the-batch': {
      when: 'the length is taken over all sequences of the batch together',
      lookAt: 'Each sequence has a length of its own at each distance: add the squares along the last axis only.',
      passes: told((norms) => norms.map(() => transpose(norms).map(norm))),
    },
    eigenvalue: {
      when: 'only W is applied in every round, never its transpose, which finds an eigenvalue',
      lookAt: 'A round is v W^T and then that times W: a stretch is measured in both directions.',
      passes: {
        largestSingularValue: ({ W, start, rounds }: SingularInput) => {
          let v = unit(start[0]);
          for (let round = 0; round < rounds; round++) v = unit(rowTimes(v, W));
          return { sigma: norm(rowTimes(v, W)) };
        },
      },
    },
    'stretched-twice': {
      when: 'the answer is the stretch of W^T and W together, which is the square of sigma',
      lookAt: 'At the end apply W^T once to a row of length 1: what comes out has the length sigma.',
      passes: { largestSingularValue: (input: SingularInput) => ({ sigma: largestSingularValue(input).sigma ** 2 }) },
    },
    'never-made-short': {
      when: 'the row is not brought back to length 1 between the rounds, until it is larger than float32 can hold',
      lookAt: 'Divide the row by its length in every round; only its direction is needed.',
      passes: {
        largestSingularValue: ({ W, start, rounds }: SingularInput) => {
          let v = start[0];
          for (let round = 0; round < rounds; round++) v = rowTimes(rowTimes(v, transpose(W)), W).map(Math.fround);
          return { sigma: norm(rowTimes(v, transpose(W)).map(Math.fround)) / norm(v) };
        },
      },
    },
    'each-by-itself': {
      when: 'every tensor is clipped by its own length',
      lookAt:
        'There is one length, of all the numbers of all three tensors together, and one factor for all; otherwise the direction changes.',
      passes: clippedEach((g, maxNorm) => scale(shortening(norm(g.flat()), maxNorm), g)),
    },
    'clipped-by-value': {
      when: 'every number by itself is held between -maxNorm and maxNorm',
      lookAt: 'That changes the direction of the gradient. Multiply all numbers with the same factor.',
      passes: clippedEach((g, maxNorm) => mapNumbers(g, (value) => Math.max(-maxNorm, Math.min(maxNorm, value)))),
    },
    'always-scaled': {
      when: 'short gradients are made longer too, so that every step has the length maxNorm',
      lookAt: 'Clipping only shortens: the factor is never above 1.',
      passes: clippedBy(globalNorm, (length, maxNorm) => maxNorm / (length || 1)),
    },
    'zero-over-zero': {
      when: 'a gradient of zero is divided by its own length',
      lookAt: 'Where the length is 0 the gradient stays 0: divide by the larger of the length and maxNorm, which is never 0.',
      passes: clippedBy(globalNorm, (length, maxNorm) => Math.min(length, maxNorm) / length),
    },
    'squared-length': {
      when: 'the sum of the squares takes the place of the length',
      lookAt: 'The length is the root of the sum of all squares; take it once, after adding up.',
      passes: clippedBy((input) => globalNorm(input) ** 2),
    },
    'lengths-added': {
      when: 'the lengths of the three tensors are added up',
      lookAt: 'Add their squares and take the root of the sum: lengths 3, 4 and 12 make 13, not 19.',
      passes: clippedBy(({ g1, g2, g3 }) => norm(g1.flat()) + norm(g2.flat()) + norm(g3)),
    },
    'length-afterwards': {
      when: 'norm is the length after clipping',
      lookAt: 'norm is what you would write into a log: how long the gradient was before anything was done to it.',
      passes: {
        clipByGlobalNorm: (input: ClipInput) => ({ ...clipByGlobalNorm(input), norm: Math.min(globalNorm(input), input.maxNorm) }),
      },
    },
  },
});
