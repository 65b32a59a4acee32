import type { Cause } from '../result/causes.ts';
import type { Mismatch } from '../result/evidence.ts';

/** What a failure may bring besides its sentence: the name of the mistake, and the numbers. */
interface Named {
  readonly misconception?: string;
  readonly mismatch?: Mismatch | undefined;
}

/** A check that did not hold: the message says what was expected, what was seen and where. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
  readonly failureCause: Cause;
  readonly misconception: string | undefined;
  readonly mismatch: Mismatch | undefined;

  constructor(failureCause: Cause, message: string, { misconception, mismatch }: Named = {}) {
    super(message);
    this.failureCause = failureCause;
    this.misconception = misconception;
    this.mismatch = mismatch;
  }
}

/** The machine could not tell: points are set aside. */
export class NotMeasured extends Error {
  override readonly name = 'NotMeasured';
}
