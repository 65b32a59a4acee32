import { defineOracle } from '#authoring';

type Matrix = number[][];

interface Input extends Record<string, number[] | Matrix | Matrix[]> {
  x: Matrix[]; // [B][T][I]
  h0: Matrix; // [B][H]
  Wx: Matrix; // [I][H]
  Wh: Matrix; // [H][H]
  b: number[]; // [H]
  cotangent: Matrix; // [B][H]
}

interface LinearInput extends Record<string, number | Matrix> {
  Wh: Matrix; // [H][H]
  cotangent: Matrix; // [B][H]
  T: number;
}

interface SingularInput extends Record<string, number | Matrix> {
  W: Matrix; // [H][H]
  start: Matrix; // [1][H]
  rounds: number;
}

interface ClipInput extends Record<string, number | number[] | Matrix> {
  g1: Matrix; // [I][H]
  g2: Matrix; // [H][H]
  g3: number[]; // [H]
  maxNorm: number;
}

interface Norms extends Record<string, Matrix> {
  norms: Matrix; // [B][T + 1]
}

const norm = (v: readonly number[]) => Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
const times = (row: readonly number[], W: Matrix) => W[0].map((_, j) => row.reduce((sum, value, i) => sum + value * W[i][j], 0)); // row W
const timesTransposed = (row: readonly number[], W: Matrix) => W.map((to) => to.reduce((sum, w, j) => sum + row[j] * w, 0)); // row W^T
const transpose = (W: Matrix) => W[0].map((_, j) => W.map((row) => row[j]));
const slope = (h: number) => 1 - h * h; // of tanh, where its value is h

/** The states of one sequence, h0 first: h_t = tanh(x_t Wx + h_{t-1} Wh + b). */
function states({ x, h0, Wx, Wh, b }: Input, n: number): Matrix {
  const h = [h0[n]];
  for (const row of x[n]) h.push(times(row, Wx).map((z, j) => Math.tanh(z + times(h[h.length - 1], Wh)[j] + b[j])));
  return h;
}

/** One step back: from the gradient by a state to the gradient by the state before it. */
type StepBack = (g: number[], Wh: Matrix, after: number[], before: number[]) => number[];
const stepBack: StepBack = (g, Wh, after) =>
  timesTransposed(
    g.map((value, j) => value * slope(after[j])),
    Wh,
  );

/** The gradients by the states of one sequence, the last state first. */
function gradients(input: Input, n: number, back = stepBack): Matrix {
  const h = states(input, n);
  const found = [input.cotangent[n]];
  for (let t = h.length - 1; t > 0; t--) found.push(back(found[found.length - 1], input.Wh, h[t], h[t - 1]));
  return found;
}

function linearGradients({ Wh, cotangent, T }: LinearInput, n: number): Matrix {
  const found = [cotangent[n]];
  for (let k = 0; k < T; k++) found.push(timesTransposed(found[k], Wh));
  return found;
}

const everySequence = (input: { readonly cotangent: Matrix }, measure: (n: number) => number[]): Norms => ({
  norms: input.cotangent.map((_, n) => measure(n)),
});
const gradientByDistance = (input: Input): Norms => everySequence(input, (n) => gradients(input, n).map(norm));
const linearGradientByDistance = (input: LinearInput): Norms => everySequence(input, (n) => linearGradients(input, n).map(norm));

/** Power iteration on W^T W. */
function largestSingularValue({ W, start, rounds }: SingularInput): { sigma: number } {
  let v = unit(start[0]);
  for (let round = 0; round < rounds; round++) v = unit(times(timesTransposed(v, W), W));
  return { sigma: norm(timesTransposed(v, W)) };
}

const unit = (v: number[]) => v.map((value) => value / norm(v));

/** Every tensor times its factor, which may look at that tensor's numbers. */
function scaled({ g1, g2, g3 }: ClipInput, length: number, factor: (g: readonly number[]) => number) {
  const whole = (g: Matrix) => g.map((row) => row.map((value) => value * factor(g.flat())));
  return { g1: whole(g1), g2: whole(g2), g3: g3.map((value) => value * factor(g3)), norm: length };
}

const globalNorm = ({ g1, g2, g3 }: ClipInput) => norm([...g1.flat(), ...g2.flat(), ...g3]);
const shorten = (length: number, maxNorm: number) => (length > maxNorm ? maxNorm / length : 1);

/** Clipping with another idea of the length, or another factor for all tensors. */
const clippedBy =
  (measure: (input: ClipInput) => number, factor = shorten) =>
  (input: ClipInput) =>
    scaled(input, measure(input), () => factor(measure(input), input.maxNorm));
const clipByGlobalNorm = clippedBy(globalNorm);

/** The network with another step back. */
const walkedBy = (back: StepBack) => ({
  gradientByDistance: (input: Input) => everySequence(input, (n) => gradients(input, n, back).map(norm)),
});

/** Both networks, their gradients measured in another way. */
const measured = (measure: (found: Matrix) => number[]) => ({
  gradientByDistance: (input: Input) => everySequence(input, (n) => measure(gradients(input, n))),
  linearGradientByDistance: (input: LinearInput) => everySequence(input, (n) => measure(linearGradients(input, n))),
});

const overTheBatch = ({ norms }: Norms): Norms => ({ norms: norms.map(() => norms[0].map((_, k) => norm(norms.map((row) => row[k])))) });
const ones = (g: Matrix) => g.map((row) => row.map(() => 1));

export const oracle = defineOracle({
  passes: { gradientByDistance, linearGradientByDistance, largestSingularValue, clipByGlobalNorm },
  misconceptions: {
    'slope-missing': {
      when: 'the slope of tanh is left out, as if the network were linear',
      lookAt: 'Before a gradient goes through Wh it goes through the tanh: multiply it with 1 - h_t^2, number by number.',
      passes: walkedBy((g, Wh) => timesTransposed(g, Wh)),
    },
    'slope-of-the-state-before': {
      when: 'the slope is taken at the state before the step, 1 - h_{t-1}^2',
      lookAt: 'The tanh of step t made h_t, so its slope is 1 - h_t^2; h0 came out of no tanh and its slope is never used.',
      passes: walkedBy((g, Wh, _, before) => stepBack(g, Wh, before, before)),
    },
    'tanh-once-more': {
      when: 'the slope is 1 - tanh(h_t)^2, with a second tanh',
      lookAt: 'h_t is already a tanh: its slope is 1 - h_t^2.',
      passes: walkedBy((g, Wh, after) => stepBack(g, Wh, after.map(Math.tanh), [])),
    },
    'slope-after-the-weights': {
      when: 'the gradient goes through Wh first and is multiplied with the slope after that',
      lookAt: 'Forwards a step is Wh and then tanh, so backwards it is the slope first and then Wh.',
      passes: walkedBy((g, Wh, after) => timesTransposed(g, Wh).map((value, j) => value * slope(after[j]))),
    },
    'weights-not-transposed': {
      when: 'the gradient is multiplied with Wh and not with its transpose',
      lookAt: 'h Wh leads forwards, g Wh^T leads back; tf.matMul(g, Wh, false, true) transposes the second matrix.',
      passes: {
        ...walkedBy((g, Wh, after) => stepBack(g, transpose(Wh), after, [])),
        linearGradientByDistance: (input: LinearInput) => linearGradientByDistance({ ...input, Wh: transpose(input.Wh) }),
      },
    },
    'counted-from-the-start': {
      when: 'the first length belongs to the first state and the last one to the last state',
      lookAt: 'The place in norms is the distance from the end: norms[0] is that of the last state, norms[T] that of h0.',
      passes: measured((found) => found.map(norm).toReversed()),
    },
    'root-forgotten': {
      when: 'the squares are added up and the root is not taken',
      lookAt: 'The length of a row is the square root of the sum of its squares.',
      passes: measured((found) => found.map((g) => norm(g) ** 2)),
    },
    'cotangent-forgotten': {
      when: 'the walk back begins with ones instead of the cotangent',
      lookAt: 'The gradient by the last state is given: it is the cotangent, and its length is norms[0].',
      passes: {
        gradientByDistance: (input: Input) => gradientByDistance({ ...input, cotangent: ones(input.cotangent) }),
        linearGradientByDistance: (input: LinearInput) => linearGradientByDistance({ ...input, cotangent: ones(input.cotangent) }),
      },
    },
    'one-length-for-the-batch': {
      when: 'the length is taken over all sequences of the batch together',
      lookAt: 'Each sequence has a length of its own at each distance: add the squares along the last axis only.',
      passes: {
        gradientByDistance: (input: Input) => overTheBatch(gradientByDistance(input)),
        linearGradientByDistance: (input: LinearInput) => overTheBatch(linearGradientByDistance(input)),
      },
    },
    eigenvalue: {
      when: 'only W is applied in every round, never its transpose, which finds an eigenvalue',
      lookAt: 'A round is v W^T and then that times W: a stretch is measured in both directions.',
      passes: {
        largestSingularValue: ({ W, start, rounds }: SingularInput) => {
          let v = unit(start[0]);
          for (let round = 0; round < rounds; round++) v = unit(times(v, W));
          return { sigma: norm(times(v, W)) };
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
          for (let round = 0; round < rounds; round++) v = times(timesTransposed(v, W), W).map(Math.fround);
          return { sigma: norm(timesTransposed(v, W).map(Math.fround)) / norm(v) };
        },
      },
    },
    'each-by-itself': {
      when: 'every tensor is clipped by its own length',
      lookAt:
        'There is one length, of all the numbers of all three tensors together, and one factor for all; otherwise the direction changes.',
      passes: { clipByGlobalNorm: (input: ClipInput) => scaled(input, globalNorm(input), (g) => shorten(norm(g), input.maxNorm)) },
    },
    'clipped-by-value': {
      when: 'every number by itself is held between -maxNorm and maxNorm',
      lookAt: 'That changes the direction of the gradient. Multiply all numbers with the same factor.',
      passes: {
        clipByGlobalNorm: ({ maxNorm, ...input }: ClipInput) => {
          const hold = (value: number) => Math.max(-maxNorm, Math.min(maxNorm, value));
          const [g1, g2] = [input.g1, input.g2].map((g) => g.map((row) => row.map(hold)));
          return { g1, g2, g3: input.g3.map(hold), norm: globalNorm({ ...input, maxNorm }) };
        },
      },
    },
    'always-scaled': {
      when: 'short gradients are made longer too, so that every step has the length maxNorm',
      lookAt: 'Clipping only shortens: the factor is never above 1.',
      passes: { clipByGlobalNorm: clippedBy(globalNorm, (length, c) => c / (length || 1)) },
    },
    'zero-over-zero': {
      when: 'a gradient of zero is divided by its own length',
      lookAt: 'Where the length is 0 the gradient stays 0: divide by the larger of the length and maxNorm, which is never 0.',
      passes: { clipByGlobalNorm: clippedBy(globalNorm, (length, c) => Math.min(length, c) / length) },
    },
    'squared-length': {
      when: 'the sum of the squares takes the place of the length',
      lookAt: 'The length is the root of the sum of all squares; take it once, after adding up.',
      passes: { clipByGlobalNorm: clippedBy((input) => globalNorm(input) ** 2) },
    },
    'lengths-added': {
      when: 'the lengths of the three tensors are added up',
      lookAt: 'Add their squares and take the root of the sum: lengths 3, 4 and 12 make 13, not 19.',
      passes: { clipByGlobalNorm: clippedBy(({ g1, g2, g3 }) => norm(g1.flat()) + norm(g2.flat()) + norm(g3)) },
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
