import { findQuantile, median } from '../src/result/statistics.ts';
import { LearnersCopy, readSolutionText, Terminal } from '../test/support/learner.ts';

// `npm run bench:watch [SAVES]`: from a save to its verdict on the screen of `npx unroll`, in a pseudo-terminal, at the pace of a person.

/** What is written wrong and right again, in units 1 and 2. */
const mistakes = [
  { id: '02', from: 'tf.tanh', to: 'tf.sigmoid' },
  { id: '06', from: 'tf.tanh', to: 'tf.sigmoid' },
  { id: '10', from: 'tf.softmax', to: 'tf.sigmoid' },
] as const;
const saves = Number(process.argv[2] ?? 30);
const pauseMs = 4000; // between two saves

const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

interface Save {
  readonly isWrong: boolean;
  /** Until the first failure is on the screen, or that every check passes. */
  readonly verdictMs: number;
  /** Until every check has ended. */
  readonly wholeMs: number;
}

async function timeExercise({ id, from, to }: (typeof mistakes)[number], copy: LearnersCopy): Promise<Save[]> {
  const right = readSolutionText(id);
  const wrong = right.replaceAll(from, to);
  if (wrong === right) throw new Error(`the solution of ${id} has no ${from}`);
  copy.save(id, right);
  const terminal = new Terminal(copy.root, ['watch', id]);
  try {
    await terminal.until(/passes every check/);
    const found: Save[] = [];
    for (let save = 0; save < saves; save++) {
      await pause();
      const isWrong = save % 2 === 0;
      const start = performance.now();
      copy.save(id, isWrong ? wrong : right);
      await terminal.until(isWrong ? /^[✓✗·]*✗[^]*got/m : /passes every check/);
      const verdictMs = performance.now() - start;
      await terminal.until(/^[✓✗·]+ {2}\d+ of \d+ checks pass, [\d.]+ s$/m);
      found.push({ isWrong, verdictMs, wholeMs: performance.now() - start });
    }
    return found;
  } finally {
    terminal.kill();
    await terminal.ended;
  }
}

function report(what: string, found: readonly Save[]): void {
  const say = (name: string, values: readonly number[]) =>
    console.log(
      `${what}: ${name}: median ${median([...values]).toFixed(0)} ms, 95th percentile ${findQuantile(values, 0.95)?.toFixed(0)} ms, of ${values.length}`,
    );
  const wrong = found.filter(({ isWrong }) => isWrong);
  const right = found.filter(({ isWrong }) => !isWrong);
  say(
    'a wrong save, first failure',
    wrong.map(({ verdictMs }) => verdictMs),
  );
  say(
    'a wrong save, all checks',
    wrong.map(({ wholeMs }) => wholeMs),
  );
  say(
    'a right save, all checks',
    right.map(({ verdictMs }) => verdictMs),
  );
  say(
    'every save, its verdict',
    found.map(({ verdictMs }) => verdictMs),
  );
}

const copy = new LearnersCopy();
try {
  const all: Save[] = [];
  for (const mistake of mistakes) {
    const found = await timeExercise(mistake, copy);
    all.push(...found);
    report(mistake.id, found);
  }
  report('all', all);
} finally {
  copy.remove();
}
