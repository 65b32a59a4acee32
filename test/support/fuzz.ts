import type { Parameters } from 'fast-check';

import { UserError } from '../../src/errors.ts';

const usualSeed = 20_261_124; // any number: a run can be repeated
const usualRuns = 10_000; // hostile inputs of each test
const longestMs = 2000; // of one input; most take less than one

/** How a fuzz test runs, and says how to run it again: UNROLL_FUZZ_SEED and UNROLL_FUZZ_RUNS change it. */
export function fuzzing(what: string): Parameters<unknown> & { readonly seed: number; readonly numRuns: number } {
  const seed = Number(process.env['UNROLL_FUZZ_SEED'] ?? usualSeed);
  const numRuns = Number(process.env['UNROLL_FUZZ_RUNS'] ?? usualRuns);
  console.log(`${what}: ${numRuns} inputs, UNROLL_FUZZ_SEED=${seed}`);
  return { seed, numRuns, endOnFailure: false };
}

/** Runs one input: what it may do is to work or to say in a UserError what is wrong, and that within two seconds. */
export function endWell<T>(work: () => T): T | UserError {
  const start = performance.now();
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    if (thrown.message.length > 16_000) throw new Error(`a sentence of ${thrown.message.length} characters`, { cause: thrown });
    return thrown;
  } finally {
    const took = performance.now() - start;
    // oxlint-disable-next-line no-unsafe-finally -- slowness is a failure, whatever else happened
    if (took > longestMs) throw new Error(`it took ${Math.round(took)} ms`);
  }
}
