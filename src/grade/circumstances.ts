import type { Exercise } from '../course/exercise.ts';
import { versionOf } from '../course/version.ts';
import { limitCauses, type LimitCause } from '../result/causes.ts';
import type { CheckResult, ExerciseResult } from '../result/result.ts';
import type { Seed } from '../run/seed.ts';
import { writeToken } from '../seal/token.ts';

/** Adds to a scored exercise under what circumstances it was graded: its version, the limits that were hit, and a token for each failed case. */
export function addCircumstances(exercise: Exercise, scored: ExerciseResult, seed: Seed): ExerciseResult {
  const version = versionOf(exercise);
  const hit = new Set(scored.checks.map(({ outcome }) => (outcome.status === 'fail' ? outcome.cause : undefined)));
  const limits = limitCauses.filter((cause: LimitCause) => hit.has(cause));
  const checks = scored.state === 'absent' ? scored.checks : scored.checks.map((check) => withToken(exercise.id, check, seed, version));
  return { ...scored, checks, version, limits };
}

/** Only under an epoch is there something to replay that the learner cannot replay already: a plain seed stands in the result. */
function withToken(exercise: string, check: CheckResult, seed: Seed, version: string): CheckResult {
  if (typeof seed === 'string' || check.outcome.status !== 'fail') return check;
  return { ...check, token: writeToken(exercise, check.id, seed.epoch, version) };
}
