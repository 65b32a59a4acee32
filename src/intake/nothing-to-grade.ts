import { UserError } from '../errors.ts';

/**
 * Why a submission has no points at all, which is not the same as none earned. `unreadable`: something lies there and was refused, or it is not
 * clear which of two is meant. `nothing-found`: all of it was looked at, and no exercise is in it.
 */
export class NothingToGrade extends UserError {
  readonly kind: 'unreadable' | 'nothing-found';

  constructor(kind: 'unreadable' | 'nothing-found', message: string) {
    super(message);
    this.kind = kind;
  }
}
