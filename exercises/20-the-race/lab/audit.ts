// What the check `audit` times, and the figures that it makes of the times.
import type { Examination } from '#authoring';

import { oracle } from '../oracle.ts';
import { drawLarge } from './large-input.ts';

type Figure = Parameters<Examination['show']>[0];
type Clock = (pass: string, length?: number) => Promise<number>; // milliseconds of one call

/** Milliseconds, and the size at which they were taken. */
interface Times {
  readonly T: number;
  readonly D: number;
  /** Loop and attention as they are commonly written. */
  readonly written: readonly [number, number];
  readonly paired: Parameters<typeof oracle.passes.speedUp>[0];
  readonly drawing: Parameters<typeof oracle.passes.randomShare>[0];
  /** Of both honest passes at shorter lengths. */
  readonly shorter: Readonly<Record<'loop' | 'attention', [number, number][]>>;
}

const [steps, warmUps, rounds] = [4, 1, 3]; // each step of the written loop draws as much as the last: T of them would take minutes

export async function takeTimes({
  subject,
  progress,
  reduced,
  random,
}: Pick<Examination, 'subject' | 'progress' | 'reduced' | 'random'>): Promise<Times> {
  const small = reduced || subject.device.kind === 'software' || subject.device.name === 'cpu'; // where the chapter's sizes would take minutes
  const { T, D, ...others } = small ? { B: 1, T: 64, D: 96, heads: 4 } : { B: 1, T: 1024, D: 768, heads: 12 };
  const clock: Clock = async (pass, length = T) => {
    await subject.stage({ ...drawLarge(random, { ...others, D, T: length }), seed: 1 });
    return (await subject.runStaged(pass)).durationMs;
  };
  const written = [((await clock('rnnAsWritten', steps)) * T) / steps, await clock('attentionAsWritten')] as const;
  const timed = await takeRounds(clock, progress);
  const curve = async (pass: string) => {
    const points: [number, number][] = [];
    for (const length of [T / 4, T / 2]) points.push([length, await clock(pass, length)]);
    return points;
  };
  return { T, D, written, ...timed, shorter: { loop: await curve('elmanSequential'), attention: await curve('attentionParallel') } };
}

/** Both honest passes round by round, in turns first and second, and the loop with drawing beside the loop without. */
async function takeRounds(clock: Clock, progress: Examination['progress']): Promise<Pick<Times, 'paired' | 'drawing'>> {
  const [baselineMs, candidateMs, withDrawingMs, withoutMs]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round < warmUps + rounds; round++) {
    const turns = [
      async () => baselineMs.push(await clock('elmanSequential')),
      async () => candidateMs.push(await clock('attentionParallel')),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
    withDrawingMs.push(await clock('rnnAsWritten', steps));
    withoutMs.push(await clock('elmanSequential', steps));
    progress(round + 1, warmUps + rounds, 'round');
  }
  const drawing = { withDrawingMs: withDrawingMs.slice(warmUps), withoutMs: withoutMs.slice(warmUps) };
  return { paired: { baselineMs, candidateMs, warmUps }, drawing };
}

export function figuresOf(times: Times, device: string): Figure[] {
  const { baselineMs, candidateMs } = times.paired;
  const middle = (x: number[]) => oracle.passes.speedUp({ baselineMs: x, candidateMs: x.map(() => 1), warmUps }).speedup;
  const honest = [middle(baselineMs), middle(candidateMs)] as const;
  return [benchmarks(times, honest, device), timeAgainstLength(times, honest)];
}

function benchmarks({ T, D, written, paired, drawing }: Times, honest: readonly [number, number], device: string): Figure {
  const [{ speedup, low, high }, { share }] = [oracle.passes.speedUp(paired), oracle.passes.randomShare(drawing)];
  return {
    kind: 'table',
    title: `Two benchmarks of one loop and one attention, T = ${T}, D = ${D}, on ${device}`,
    note: `${(100 * share).toFixed(1)} % of the written loop's time goes into random numbers. Loop and attention are not the same function: these figures say what a layer costs, not what it can do.`,
    columns: ['benchmark', 'loop, ms', 'attention, ms', 'loop / attention'],
    rows: [
      [`as commonly written; ${steps} steps timed, times ${T / steps}`, ...written.map(threeDigits), threeDigits(written[0] / written[1])],
      [
        `honest; ${rounds} paired rounds after a warm-up`,
        ...honest.map(threeDigits),
        `${threeDigits(speedup)} (${threeDigits(low)} to ${threeDigits(high)})`,
      ],
    ],
  };
}

function timeAgainstLength({ T, shorter: { loop, attention } }: Times, honest: readonly [number, number]): Figure {
  return {
    kind: 'curves',
    title: 'Time of one call',
    note: 'Twice the length is twice the loop. For the attention it is between twice, where the projections cost most, and four times, where the scores do. One call for each shorter length, the median for the longest.',
    x: { label: 'positions T', log: true },
    y: { label: 'milliseconds', log: true },
    series: [
      { name: 'loop', points: [...loop, [T, honest[0]]] },
      { name: 'attention', points: [...attention, [T, honest[1]]] },
    ],
  };
}

const threeDigits = (value: number) => (value < 1000 ? value.toPrecision(3) : value.toFixed(0));
