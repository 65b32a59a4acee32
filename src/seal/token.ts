import { UserError } from '../errors.ts';
import type { Epoch } from '../result/result.ts';

/**
 * The case of a failed check in one word: `10/causality/2026-w48/3fa1c07b-9e2144` is exercise 10, check `causality`, the epoch, the first
 * digits of the epoch's commitment, and those of the exercise's version. It leads to no input before the epoch's key is released.
 */
export interface CaseToken {
  /** Two digits, with which the exercise's id begins. */
  readonly number: string;
  readonly check: string;
  readonly epoch: string;
  readonly commitment: string;
  readonly version: string;
}

const commitmentDigits = 8; // a wrong key agrees by chance once in four thousand million
const versionDigits = 6; // another version agrees by chance once in sixteen million
const longest = 160; // characters: longer than any check's id makes it
const form = new RegExp(
  `^(\\d\\d)/([a-z0-9]+(?:-[a-z0-9]+)*)/([a-z0-9]+(?:[-._][a-z0-9]+)*)/([0-9a-f]{${commitmentDigits}})-([0-9a-f]{${versionDigits}})$`,
);

export function writeToken(exercise: string, check: string, epoch: Epoch, version: string): string {
  const digits = `${epoch.commitment.slice(0, commitmentDigits)}-${version.slice(0, versionDigits)}`;
  return `${exercise.slice(0, 2)}/${check}/${epoch.name}/${digits}`;
}

export function readToken(text: string): CaseToken {
  const [, number, check, epoch, commitment, version] = (text.length <= longest ? form.exec(text) : null) ?? [];
  if (number === undefined || check === undefined || epoch === undefined || commitment === undefined || version === undefined)
    throw new UserError(
      'that is no token of a failed check; a report shows it beside the failure, such as 10/causality/2026-w48/3fa1c07b-9e2144',
    );
  return { number, check, epoch, commitment, version };
}

export const isOfVersion = ({ version }: CaseToken, whole: string): boolean => whole.startsWith(version);
