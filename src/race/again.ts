import { CheckFailure } from '../check/failure.ts';
import { SubjectFailure, type PassInput, type Subject } from '../subject/subject.ts';
import type { Tree } from '../subject/value.ts';
import { median } from './sign-test.ts';

/** The name under which the kit's box knows a learner's kernels. */
export const replayPass = 'unrollReplay';
const pairs = 9; // odd, so that the median is one of them
const enough = 0.75; // of the speed-up asked for: whoever has passed is far above it, and a loop over time far below

export interface Again {
  readonly kit: Subject;
  readonly learner: Subject;
  readonly candidate: string;
  readonly baseline: string;
  readonly threshold: number;
  readonly draw: () => PassInput;
  /** Throws where the kernels' answer to an input is not the right one; the baseline's is at hand. */
  readonly check: (input: PassInput, replayed: Tree, ofBaseline: Tree) => Promise<void>;
}

/**
 * The learner's kernels alone, written down in the learner's box and run in the kit's, where no learner's code is: they must give the right answers to fresh inputs,
 * and be fast themselves. What was computed anywhere but on the device, in whatever way, is not among them.
 */
export async function whyNotAgain({ kit, learner, candidate, baseline, threshold, draw, check }: Again): Promise<string | undefined> {
  await learner.resume();
  const recording = await learner.record(candidate, draw());
  await learner.pause();
  const ratios: number[] = [];
  try {
    await kit.adopt(replayPass, recording);
    for (let pair = 0; pair <= pairs; pair++) {
      const input = draw();
      await kit.stage(input);
      const own = await kit.runStaged(baseline);
      const replayed = await kit.runStaged(replayPass);
      await check(input, replayed.answer, own.answer);
      if (pair > 0) ratios.push(own.durationMs / replayed.durationMs); // the first warms up
    }
  } catch (error) {
    if (error instanceof CheckFailure) return 'the kernels that it runs give a wrong answer when the kit runs them again';
    if (error instanceof SubjectFailure) return `the kernels that it runs cannot be run again by the kit: ${error.message}`;
    throw error;
  }
  const ratio = median(ratios);
  if (ratio >= enough * threshold) return undefined;
  return `the kernels that it runs are only ${ratio.toFixed(2)} times as fast as the kit's sequential pass when the kit runs them again`;
}
