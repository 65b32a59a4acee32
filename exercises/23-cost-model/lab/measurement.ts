// What the check `measured` times, and how it holds the predictions against it.
import type { Examination } from '#authoring';

import type { oracle } from '../oracle.ts';
import { passes, predict, type Size } from './passes.ts';

type Asking = Examination<typeof oracle.passes>;
type Cost = { kernels: number; flops: number; bytes: number };
type Model = { perKernel: number; perMegaflop: number };
type Input = ReturnType<Asking['toPassInput']>;
type Call = { pass: string; input: Input; fastest: number }; // microseconds

/** A pass of given.ts at one size, with what the learner says that it costs. The prices are fitted without the calls that are kept. */
type Timed = Call & Cost & { pass: (typeof passes)[number]['pass']; name: string; size: Size; kept: boolean };

/** What is timed. `empty` asks nothing of the device: what a call takes by itself. */
export interface Plan {
  readonly calls: readonly Timed[];
  readonly empty: Call;
  readonly widest: number;
}

/** All small: a call of some milliseconds often runs through undisturbed, a long one never. An adapter in software takes 0.2 s for a product of width 128. */
export async function planCalls({ run, subject, toPassInput, random }: Asking): Promise<Plan> {
  const [unit, widths] = subject.device.kind === 'software' ? [1, [4, 16]] : [8, [16, 128]];
  const at = (T: number) => widths.map((D) => ({ size: { B: 1, T: T * unit, D }, kept: T === 8 })); // two widths tell FLOPs from kernels, which both grow with T
  const drawn = passes.flatMap(({ draw, ...given }) =>
    [1, 4, 16, 8].flatMap(at).map((one) => ({ ...given, ...one, input: toPassInput(draw(random, one.size)), fastest: Infinity })),
  );
  const calls: Timed[] = [];
  for (const one of drawn) calls.push({ ...one, ...(await run(one.predictedBy, one.size)) });
  return { calls, empty: { pass: 'elmanCost', input: { B: 1, T: 1, D: 1 }, fastest: Infinity }, widest: widths[1] };
}

/** The fastest of several calls is the one that other programs disturbed least. */
export async function takeTimes({ subject, progress }: Asking, { calls, empty }: Plan, rounds: number): Promise<void> {
  for (let round = 0, spent = 0; round < rounds && (round < 3 || spent < 5e6); round++) {
    progress(round + 1, rounds, 'round of measurements');
    for (const one of [empty, ...calls]) {
      await subject.stage(one.input);
      await subject.runStaged(one.pass); // not timed: what the first run of a shape builds, later runs find ready
      const { durationMs } = await subject.runStaged(one.pass);
      one.fastest = Math.min(one.fastest, 1000 * durationMs);
      spent += 1000 * durationMs;
    }
  }
}

export type Row = Timed & { time: number; model: number; error: number }; // microseconds measured and predicted, and how many times one is the other

export interface Verdict {
  readonly prices: Readonly<Record<Timed['pass'], Model>>;
  readonly rows: readonly Row[];
  readonly worst: Row;
}

/** Fits the prices to the calls that were not kept, and predicts all. */
export async function judge({ run }: Asking, { calls, empty }: Plan): Promise<Verdict> {
  const timeOf = ({ fastest }: Timed) => Math.fround(Math.max(fastest - empty.fastest, 0.1 * fastest));
  const fit = (pass: string) => {
    const mine = calls.filter((one) => one.pass === pass && !one.kept);
    return run('fitCost', {
      kernels: mine.map(({ kernels }) => kernels),
      flops: mine.map(({ flops }) => flops),
      microseconds: mine.map(timeOf),
    });
  };
  const prices = { elmanSequence: await fit('elmanSequence'), causalAttention: await fit('causalAttention') };
  const rows = calls.map((one): Row => {
    const [time, model] = [timeOf(one), predict(prices[one.pass], one)];
    return { ...one, time, model, error: Math.max(model / time, time / model) };
  });
  return { prices, rows, worst: rows.filter(({ kept }) => kept).toSorted((one, other) => other.error - one.error)[0] };
}

/** Whether times grow with T as they must: not down, and not faster than T squared, each with half as much again for noise. */
export function isQuiet(rows: readonly Row[]): boolean {
  return rows.every((one) =>
    rows.every((other) => {
      const longer = other.size.T / one.size.T;
      return (
        one.pass !== other.pass ||
        one.size.D !== other.size.D ||
        longer <= 1 ||
        (other.time > one.time / 1.5 && other.time < 1.5 * one.time * longer ** 2)
      );
    }),
  );
}
