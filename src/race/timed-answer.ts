import { compareNumbers } from '../check/compare.ts';
import { CheckFailure } from '../check/failure.ts';
import { toleranceOf, type Tolerance } from '../check/tolerance.ts';
import type { DeviceReport } from '../result/device.ts';
import { HostTensor, isBranch, type Tree } from '../wire/tensor.ts';

const onProcessor = 2; // times the usual: two passes are held against each other, and each may be off by its own rounding; docs/decisions.md has what was measured
const onGpu = 100; // times the usual: there a product may be rounded to eleven bits before it is added, as NVIDIA's TF32 does, and nobody has measured it

/** How closely a timed answer must agree with the kit's: `closeness` where honest rounding is larger than usual. */
export function racedTolerance(
  device: DeviceReport,
  closeness = { times: onProcessor, why: 'the two passes add in different orders' },
): Tolerance {
  if (device.kind !== 'gpu') return toleranceOf(device, closeness.times, closeness.why);
  return toleranceOf(device, Math.max(onGpu, closeness.times), 'a GPU may round the factors of a product to fewer digits');
}

/** Holds the answer of a timed call against the right one. Throws where a number or a size differs. */
export function requireSameAnswer(pass: string, answer: Tree, right: Tree, tolerance: Tolerance): void {
  const given = numbersOf(answer);
  for (const [name, expected] of Object.entries(numbersOf(right))) {
    const actual = given[name];
    if (actual?.data.length !== expected.data.length)
      throw new CheckFailure('wrong-shape', `in a timed run of ${pass} the answer had no ${name} of the right size`);
    const { difference } = compareNumbers(name, actual.data, expected.data, expected.shape, tolerance);
    if (difference !== undefined)
      throw new CheckFailure(difference.cause, `in a timed run of ${pass} the answer was wrong: ${difference.message}`);
  }
}

function numbersOf(answer: Tree): Record<string, HostTensor> {
  const named = isBranch(answer) ? answer : { answer };
  return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, HostTensor] => entry[1] instanceof HostTensor));
}
