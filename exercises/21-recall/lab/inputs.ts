// What the checks ask with: drawn inputs, and training whose answer has the right form.
import { type Random, zerosLike } from '#authoring';

import type { Trained } from './ordering.ts';

export const V = 16; // tokens
const positions = [8, 8, 9, 9]; // of a sequence of each task
const parameterCounts = [3404, 3296, 3346]; // of the three models, as parameterCount in given.ts says

const shuffled = (random: Random, B: number, n: number) =>
  random.uniform([B, n]).map((row) => row.map((_, i) => i).toSorted((i, j) => row[i] - row[j]));

export const drawCopy = (random: Random, B: number, n: number) => ({ symbols: random.integers([B, n], 1, V) });
export const drawAdding = (random: Random, B: number, T: number) => ({
  digits: random.integers([B, T], 0, 8),
  first: random.integers([B], 0, Math.floor(T / 2)),
  second: random.integers([B], Math.floor(T / 2), T),
});
export const drawRecall = (random: Random, B: number, n: number) => ({
  keys: shuffled(random, B, 8).map((row) => row.slice(0, n)),
  values: random.integers([B, n], 8, V),
  order: shuffled(random, B, n),
});

/** Scores and a mask in which the number of places asked differs from position to position and from run to run. */
export function drawScores(random: Random, { R = 2, B = 4, T = 5, V: tokens = 6, size = 1 } = {}) {
  const asked = random
    .uniform([R, B, T])
    .map((run) => run.map((row, n) => row.map((value, t) => (t > 0 && value < (t + n) / (T + B) ? 1 : 0)))); // none at position 0
  for (const run of asked) run[0][T - 1] = 1;
  return { logits: random.normal([R, B, T, tokens], size), targets: random.integers([R, B, T], 0, tokens), mask: asked };
}

/** Everything that update asks for: R runs, each with parameters of its own. */
export function drawUpdate(random: Random, model: number, R: number) {
  const theta = random.normal([R, parameterCounts[model]], 0.2);
  const learningRates = Array.from({ length: R }, (_, r) => 0.01 * r);
  const { targets, mask } = drawScores(random, { R, B: 4, T: 6, V });
  return {
    model,
    step: 0,
    learningRates,
    theta,
    m: zerosLike(theta),
    v: zerosLike(theta),
    tokens: random.integers([R, 4, 6], 0, V),
    targets,
    mask,
  };
}

/** Losses of S runs of two models that overlap, some of them equal, and N rounds of picks. */
export function drawBootstrap(random: Random, S: number, N: number) {
  const [a, b] = [random.integers([S], 0, 4), random.integers([S], 0, 5)];
  return { a, b, picksA: random.integers([N, S], 0, S), picksB: random.integers([N, S], 0, S) };
}

/** What of a check is needed to ask for an answer that has no specification, and to look at its form. */
interface Asking {
  readonly ask: (pass: string, input: never) => Promise<unknown>;
  readonly require: (condition: boolean, otherwise: string) => void;
}

async function askFor(
  pass: string,
  { ask, require }: Asking,
  input: object,
  shapes: Readonly<Record<string, readonly number[]>>,
): Promise<unknown> {
  const answer = (await ask(pass, input as never)) as Record<string, unknown>;
  for (const [name, shape] of Object.entries(shapes)) {
    const found = shapeOf(answer[name]).join(', ');
    require(answer[name] !==
      undefined, `the answer of ${pass} has no ${name}: it should be an object { ${Object.keys(shapes).join(', ')} }`);
    require(found === shape.join(', '), `${name} of ${pass} has shape [${found}] but should have [${shape.join(', ')}]`);
  }
  return answer;
}

function shapeOf(nested: unknown): number[] {
  return Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0])] : [];
}

export type Updated = Record<'theta' | 'm' | 'v', number[][]> & { loss: number[] };

export async function askForUpdate(asking: Asking, input: ReturnType<typeof drawUpdate>): Promise<Updated> {
  const [R, P] = shapeOf(input.theta);
  return (await askFor('update', asking, input, { theta: [R, P], m: [R, P], v: [R, P], loss: [R] })) as Updated;
}

/** The arguments of train; where none is given, a short training of two repeats with one learning rate. */
export async function askForTraining(asking: Asking, change: Partial<typeof shortTraining>): Promise<Trained> {
  const input = { ...shortTraining, ...change };
  const [L, S, T] = [input.learningRates.length, input.repeats, positions[input.task]];
  return (await askFor('train', asking, input, { losses: [L, S, input.steps], heldOut: [L, S], byPosition: [L, S, T] })) as Trained;
}

export const shortTraining = { model: 0, task: 0, seed: 1, repeats: 2, steps: 3, batch: 4, learningRates: [0.01] };
