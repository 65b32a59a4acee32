// What the check `ordering` does with trained models: chooses learning rates, compares, and draws.
import { mean, sum } from '#authoring';

export type Trained = { losses: number[][][]; heldOut: number[][]; byPosition: number[][][] }; // [L][S][steps], [L][S], [L][S][T]

const models = ['Elman', 'LSTM', 'Transformer'];
const tasks = ['copy', 'adding', 'recall'];

/** Which tasks are trained, and how long. The first `choosing` seeds choose the learning rate, the others are compared. */
interface Plan {
  readonly tasks: readonly number[];
  readonly learningRates: number[];
  readonly repeats: number;
  readonly choosing: number;
  readonly steps: readonly number[]; // of each task: as many as it takes until the order shows
  readonly batch: number;
}

export function planOf(device: string, reduced: boolean): Plan {
  if (reduced) return { tasks: [0], learningRates: [0.02], repeats: 2, choosing: 0, steps: [60], batch: 8 };
  const full = { tasks: [0, 1, 2], learningRates: [0.02, 0.1], repeats: 6, choosing: 2, steps: [30, 50, 70], batch: 32 };
  return device === 'tensorflow' ? full : { ...full, tasks: [2], repeats: 4, choosing: 1 }; // elsewhere the same products take up to ten times as long
}

/** A model on a task, with the learning rate that was best for it. */
export interface Result {
  readonly task: number;
  readonly model: number;
  readonly rate: number;
  readonly losses: number[]; // on new sequences, of each seed compared
  readonly curve: number[]; // [steps] mean of these seeds
  readonly positions: number[]; // [T] mean of these seeds
}

export function judge(
  task: number,
  model: number,
  { losses, heldOut, byPosition }: Trained,
  learningRates: readonly number[],
  choosing: number,
): Result {
  const chosenBy = (l: number) => mean(heldOut[l].slice(0, choosing));
  const best = learningRates.map((_, l) => l).reduce((least, l) => (chosenBy(l) < chosenBy(least) ? l : least));
  const [curves, rows] = [losses[best].slice(choosing), byPosition[best].slice(choosing)];
  return {
    task,
    model,
    rate: learningRates[best],
    losses: heldOut[best].slice(choosing),
    curve: curves[0].map((_, step) => mean(curves.map((curve) => curve[step]))),
    positions: rows[0].map((_, t) => mean(rows.map((row) => row[t]))),
  };
}

/** Two models on the same task, and whether the check asserts that a's loss is below b's. */
export interface Comparison {
  readonly a: Result;
  readonly b: Result;
  readonly claimed: boolean;
  /** Of the resamplings in which a's mean loss is below b's. */
  readonly share: number;
}

/** What is asserted, by task: the loss of the first model is below that of the second. These held in every sweep that was made when the exercise was written. */
const claims = [
  [
    [2, 0],
    [2, 1],
  ],
  [
    [1, 0],
    [1, 2],
  ],
  [
    [2, 1],
    [1, 0],
  ],
];

/** All pairs on the same task: as claimed, or else the lower loss first. */
export function pairsOf(results: readonly Result[]): Omit<Comparison, 'share'>[] {
  return results.flatMap((a) =>
    results
      .filter((b) => b.task === a.task && b.model !== a.model)
      .flatMap((b) => {
        const isClaimed = (x: Result, y: Result) => claims[x.task].some(([low, high]) => low === x.model && high === y.model);
        const claimed = isClaimed(a, b);
        return claimed || (!isClaimed(b, a) && mean(a.losses) < mean(b.losses)) ? [{ a, b, claimed }] : [];
      }),
  );
}

export function complaint({ a, b, share }: Comparison): string {
  const said = ({ model, rate, losses }: Result) => `${models[model]} ${list(losses)} with learning rate ${rate}`;
  return `on ${tasks[a.task]} the loss of the ${models[a.model]} is below that of the ${models[b.model]} in ${percent(share)} of 1000 resamplings, and 90 % were expected (${said(a)}; ${said(b)})`;
}

const guessing = [Math.log(15), entropyOfTheSum(), Math.log(8)]; // the loss of who knows nothing but how often each answer comes

function entropyOfTheSum(): number {
  const chances = Array.from({ length: 15 }, (_, sum) => (8 - Math.abs(sum - 7)) / 64); // of the sum of two digits from 0 to 7
  return -sum(chances.map((p) => p * Math.log(p)));
}

type Points = [number, number][];

/** For the report: a table of everything, and for each task the loss in training and the loss by position. */
export function figuresOf(results: readonly Result[], comparisons: readonly Comparison[]) {
  const curves = [...new Set(results.map(({ task }) => task))].flatMap((task) => {
    const mine = results.filter((result) => result.task === task);
    const flat = (points: Points): Points => points.map(([x]) => [x, guessing[task]]);
    const draw = (title: string, note: string, label: string, pointsOf: (result: Result) => Points) => ({
      kind: 'curves' as const,
      title: `${tasks[task]}: ${title}`,
      note,
      x: { label },
      y: { label: 'loss, nats' },
      series: [
        ...mine.map((result) => ({ name: models[result.model], points: pointsOf(result) })),
        { name: 'guessing', points: flat(pointsOf(mine[0])) },
      ],
    });
    const asked = (positions: number[]): Points =>
      positions.flatMap((loss, t): Points => (mine.some((result) => result.positions[t] > 0) ? [[t, loss]] : []));
    return [
      draw(
        'the loss while training',
        'Each model with its best learning rate, the mean of its runs and of two steps each.',
        'step',
        ({ curve }) => smooth(curve),
      ),
      draw('the loss by position', 'On sequences that were never trained on, where something is asked.', 'position', ({ positions }) =>
        asked(positions),
      ),
    ];
  });
  return [tableOf(results, comparisons), ...curves];
}

function smooth(curve: readonly number[]): Points {
  const width = 2; // steps: a training is short
  return Array.from({ length: Math.floor(curve.length / width) }, (_, i) => [
    (i + 0.5) * width,
    mean(curve.slice(i * width, (i + 1) * width)),
  ]);
}

function tableOf(results: readonly Result[], comparisons: readonly Comparison[]) {
  const beats = (a: Result) =>
    comparisons
      .filter((pair) => pair.a === a)
      .map(({ b, share, claimed }) => `${models[b.model]} in ${percent(share)}${claimed ? '' : ' (not graded)'}`);
  return {
    kind: 'table' as const,
    title: 'Who learns what',
    note: 'The loss of each compared run on sequences that were never trained on, with the learning rate that other seeds chose, and in how many of 1000 resamplings the mean is below that of another model.',
    columns: ['task', 'model', 'learning rate', 'loss of each run, nats', 'guessing', 'below'],
    rows: results.map((result) => [
      tasks[result.task],
      models[result.model],
      String(result.rate),
      list(result.losses),
      guessing[result.task].toFixed(2),
      beats(result).join(', '),
    ]),
  };
}

const list = (losses: readonly number[]) => losses.map((loss) => loss.toFixed(2)).join(', ');
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
