import { CheckFailure } from '../check/failure.ts';
import { median } from '../result/statistics.ts';
import { SubjectFailure, type PassInput, type RacingSubject } from '../wire/subject.ts';
import type { Tree } from '../wire/tensor.ts';
import { alpha, fewestRounds, decide, maxRounds, type Verdict } from './sequential-test.ts';

/** The name under which the kit's box knows a learner's kernels. */
export const replayPass = 'unrollReplay';
const enough = 0.75; // of the speed-up asked for: a pass that was found faster is far above it, and a loop over time far below
const freshInputs = 3; // a trace is data: what it says of three inputs that it has never met it says of all
const budgetMs = 10_000; // half of what the race may take

export interface Replay {
  readonly kit: RacingSubject;
  readonly learner: RacingSubject;
  readonly candidate: string;
  readonly baseline: string;
  readonly threshold: number;
  readonly makeInput: () => PassInput;
  /** Throws where the kernels' answer to an input is not the right one; the baseline's is at hand. */
  readonly check: (input: PassInput, replayed: Tree, ofBaseline: Tree) => Promise<void>;
}

/**
 * The learner's kernels alone, traced in the learner's box and replayed in the kit's, where no learner's code is: they must give the right
 * answers to three fresh inputs, and be fast themselves, by the test that decides the race. What was computed anywhere but on the device, in whatever way, is not among them.
 */
export async function whyNotByReplay({
  kit,
  learner,
  candidate,
  baseline,
  threshold,
  makeInput,
  check,
}: Replay): Promise<string | undefined> {
  await learner.resume();
  const trace = await learner.traceKernels(candidate, makeInput());
  await learner.pause();
  const wanted = enough * threshold;
  const ratios: number[] = [];
  let verdict: Verdict = 'cannot-tell';
  try {
    await kit.install(replayPass, trace);
    let input: PassInput = {};
    const runPair = async (passes: readonly [string, string], fresh: boolean) => {
      if (fresh) {
        input = makeInput();
        await kit.stage(input);
      }
      const answers = { [passes[0]]: await kit.runStaged(passes[0]), [passes[1]]: await kit.runStaged(passes[1]) };
      const [own, replayed] = [answers[baseline], answers[replayPass]] as [TimedAnswer, TimedAnswer];
      if (fresh) await check(input, replayed.answer, own.answer);
      return own.durationMs / replayed.durationMs;
    };
    await runPair([baseline, replayPass], true); // warms up
    const end = performance.now() + budgetMs;
    const mayGoOn = () => ratios.length < fewestRounds(alpha) || (ratios.length < maxRounds && performance.now() < end);
    while (verdict === 'cannot-tell' && mayGoOn()) {
      ratios.push(
        await runPair(ratios.length % 2 === 0 ? [replayPass, baseline] : [baseline, replayPass], ratios.length + 1 < freshInputs),
      );
      verdict = decide(
        ratios.map((ratio) => ratio > wanted),
        alpha,
      );
    }
  } catch (error) {
    if (error instanceof CheckFailure) return 'the kernels that it runs give a wrong answer when the kit runs them again';
    if (error instanceof SubjectFailure) return `the kernels that it runs cannot be run again by the kit: ${error.message}`;
    throw error;
  }
  if (verdict === 'faster') return undefined;
  return `the kernels that it runs are not shown to be ${wanted.toFixed(2)} times as fast as the kit's sequential pass when the kit runs them again: ${median(ratios).toFixed(2)} times, the median of ${ratios.length} pairs`;
}

type TimedAnswer = Awaited<ReturnType<RacingSubject['runStaged']>>;
