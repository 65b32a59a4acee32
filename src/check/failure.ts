import type { Cause } from '../result/causes.ts';

/** A check that did not hold: the message says what was expected, what was seen and where. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
  readonly failureCause: Cause;
  readonly misconception: string | undefined;

  constructor(failureCause: Cause, message: string, misconception?: string) {
    super(message);
    this.failureCause = failureCause;
    this.misconception = misconception;
  }
}

/** The machine could not tell: points are set aside. */
export class NotMeasured extends Error {
  override readonly name = 'NotMeasured';
}
