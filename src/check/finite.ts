import { CheckFailure } from './failure.ts';
import { flatten, type Nested, type NestedAnswer } from './nested.ts';

/** Fails where a number of the answer is NaN or infinite. */
export function requireFinite(answer: NestedAnswer): void {
  const parts: [string, Nested][] =
    typeof answer === 'object' && !Array.isArray(answer) ? Object.entries(answer) : [['the answer', answer]];
  for (const [name, part] of parts) {
    const bad = flatten(part).find((number) => !Number.isFinite(number));
    if (bad !== undefined)
      throw new CheckFailure('not-finite', `${name} holds ${bad}: look for a division by zero, an overflow, or 0 times infinity`);
  }
}
