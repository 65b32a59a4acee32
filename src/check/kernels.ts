import type { KernelProfile } from '../wire/subject.ts';
import { CheckFailure } from './failure.ts';

/** Kernels of a pass at a size and at twice that size. */
export interface KernelCounts {
  readonly pass: string;
  /** The size that was doubled, such as `T`. */
  readonly letter: string;
  readonly size: number;
  readonly once: KernelProfile;
  readonly twice: KernelProfile;
}

/** Fails where twice the size takes more than `atMost` times as many kernels. */
export function requireGrowth(counts: KernelCounts, atMost: number): void {
  requireHonest(counts);
  const { pass, letter, size } = counts;
  const [once, twice] = [counts.once.kernelCount, counts.twice.kernelCount];
  if (twice / once > atMost)
    throw new CheckFailure(
      'broken-rule',
      `${pass} runs ${once} kernels at ${letter} = ${size} and ${twice} at ${letter} = ${2 * size}, ${(twice / once).toFixed(2)} times as many; at most ${atMost} times as many is allowed, so it still works ${letter === 'T' ? 'step by step' : 'one after the other'}`,
    );
}

/** Fails where each further step takes more than `atMost` kernels. */
export function requirePerStep(counts: KernelCounts, atMost: number): void {
  requireHonest(counts);
  const { pass, letter, size } = counts;
  const [once, twice] = [counts.once.kernelCount, counts.twice.kernelCount];
  const perStep = (twice - once) / size;
  if (perStep > atMost)
    throw new CheckFailure(
      'broken-rule',
      `${pass} runs ${once} kernels at ${letter} = ${size} and ${twice} at ${letter} = ${2 * size}: ${perStep.toFixed(1)} for each further step, where at most ${atMost} are allowed`,
    );
}

/** Kernels that do nothing can be added where the size is small, so that twice the size looks cheap. */
function requireNoFewer(pass: string, letter: string, size: number, once: number, twice: number): void {
  if (twice < once)
    throw new CheckFailure(
      'broken-rule',
      `${pass} runs ${once} kernels at ${letter} = ${size} and only ${twice} at ${letter} = ${2 * size}: no pass needs fewer for more work, so its count says nothing`,
    );
}

/** A count means something only where kernels ran and nothing was worked out on the host between them. */
function requireHonest({ pass, letter, size, once, twice }: KernelCounts): void {
  requireNoFewer(pass, letter, size, once.kernelCount, twice.kernelCount);
  if (once.hostReads + twice.hostReads > 0)
    throw new CheckFailure(
      'broken-rule',
      `${pass} reads tensors back to the host (data, dataSync, array or arraySync) ${twice.hostReads} times inside the pass: stay in tensors until the end`,
    );
  if (once.kernelCount === 0)
    throw new CheckFailure('broken-rule', `${pass} runs no kernel at ${letter} = ${size}: its answer is not computed from this input`);
}
