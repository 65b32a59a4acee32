import type { Isolation } from '../box/isolation.ts';
import { isWalled } from '../box/levels.ts';
import { UserError } from '../errors.ts';
import { complain } from './print.ts';

/** Without a wall a submission can write the oracles, the solutions and the grader. */
export function requireWall({ level, reason }: Isolation, { trustSubmissions }: { trustSubmissions?: true }): void {
  if (isWalled(level)) return;
  if (trustSubmissions !== true)
    throw new UserError(
      `these submissions would run without a wall (isolation ${level}: ${reason}); mend that, or add --trust-submissions if you would run every one of them yourself`,
    );
  complain(`Graded without a wall (isolation ${level}): the submissions are trusted. ${reason}`);
}
