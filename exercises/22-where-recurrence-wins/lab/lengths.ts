// What the checks `reproducible` and `lengths` ask of a training, and what they do with the answer.
import { mean } from '#authoring';

const models = ['Elman network', 'Transformer'];
const tasks = ['parity', 'majority'];

type Tested = { accuracy: number[][] }; // [S][far]

/** A training too short to learn anything. */
export const short = { model: 0, task: 0, seed: 7, repeats: 2, steps: 3, batch: 4, T: 5, far: 9 };

interface Asking {
  readonly ask: (pass: string, input: typeof short) => Promise<unknown>;
  readonly require: (condition: boolean, otherwise: string) => void;
}

/** Asks for an accuracy and looks at its form. */
export async function askForAccuracy({ ask, require }: Asking, change: Partial<typeof short>): Promise<Tested> {
  const input = { ...short, ...change };
  const answer = (await ask('extrapolation', input)) as Partial<Tested>;
  const [S, far] = [answer.accuracy?.length, answer.accuracy?.[0]?.length];
  const right = S === input.repeats && far === input.far;
  require(right, `extrapolation should answer with { accuracy } of shape [${input.repeats}, ${input.far}], the runs and the bits of the test`);
  return answer as Tested;
}

/** The share of right answers that is asserted, least and most, on 1 to 10 bits and on 31 to 40. These held in every training that was made when the exercise was written. */
export const claims = [
  { task: 0, model: 0, near: [0.9, 1], beyond: [0.85, 1] },
  { task: 0, model: 1, near: [0, 1], beyond: [0, 0.6] },
  { task: 1, model: 0, near: [0.9, 1], beyond: [0, 1] },
  { task: 1, model: 1, near: [0.9, 1], beyond: [0.7, 1] },
] as const;

/** What a training gave that a claim is about. */
export interface Found extends Tested {
  readonly claim: (typeof claims)[number];
}

type Lengths = 'near' | 'beyond';

/** The share of right answers of each run. */
const sharesOf = ({ accuracy }: Tested, lengths: Lengths) =>
  accuracy.map((row) => mean(lengths === 'near' ? row.slice(0, 10) : row.slice(30)));

export function complaintOf(found: Found, lengths: Lengths): string | undefined {
  const { task, model, [lengths]: range } = found.claim;
  const share = mean(sharesOf(found, lengths));
  const said = `on ${tasks[task]} of ${lengths === 'near' ? '1 to 10' : '31 to 40'} bits ${percent(share)} of the ${models[model]}'s answers are right`;
  if (share < range[0]) return `${said}, where at least ${percent(range[0])} were expected`;
  return share > range[1] ? `${said}, where at most ${percent(range[1])} were expected` : undefined;
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** For the report: the accuracy by length on each task, and a table of all runs. */
export function figuresOf(found: readonly Found[]) {
  const curves = tasks.map((name, task) => ({
    kind: 'curves' as const,
    title: `${name}: right answers by length`,
    note: 'The mean of all runs on 64 new sequences each. Training saw 10 bits and no more; a coin gets 0.5.',
    x: { label: 'bits read' },
    y: { label: 'share of right answers' },
    series: found
      .filter(({ claim }) => claim.task === task)
      .map(({ claim, accuracy }) => ({
        name: models[claim.model],
        points: accuracy[0].map((_, t): [number, number] => [t + 1, mean(accuracy.map((row) => row[t]))]),
      })),
  }));
  const table = {
    kind: 'table' as const,
    title: 'Right answers of each run',
    note: 'Trained on 10 bits. On majority of 31 to 40 bits the two are close, so their order there is not graded.',
    columns: ['task', 'model', '1 to 10 bits', '31 to 40 bits'],
    rows: found.map((one) => [
      tasks[one.claim.task],
      models[one.claim.model],
      ...(['near', 'beyond'] as const).map((lengths) => sharesOf(one, lengths).map(percent).join(', ')),
    ]),
  };
  return [...curves.filter(({ series }) => series.length > 0), table]; // a short training is of one task
}
