import { compareNumbers } from '../check/compare.ts';
import { CheckFailure } from '../check/failure.ts';
import type { Tolerance } from '../check/tolerance.ts';
import { HostTensor, isBranch, type Tree } from '../wire/tensor.ts';

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
