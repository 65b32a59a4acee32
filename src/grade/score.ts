import stripAnsi from 'strip-ansi';

import type { CheckRecord } from '../run/check-record.ts';
import type { Exercise } from '../course/exercise.ts';
import type { Evidence, Outcome } from '../result/evidence.ts';
import { longestMessage, longestPrinted } from '../result/lengths.ts';
import type { CheckResult, ExerciseResult, Tally } from '../result/result.ts';
import type { CheckRun } from '../run/run-checks.ts';
import { raceCheck } from '../store/question.ts';
import type { Submission } from '../intake/submission.ts';

/** One exercise's result from what the checks recorded. Fails closed: what was not recorded exactly once is ungraded. */
export function scoreExercise(exercise: Exercise, submission: Submission, { records, errors }: CheckRun, races = true): ExerciseResult {
  const mine = records.filter((record) => record.exercise === exercise.id);
  const absent = submission.modules[exercise.id] === undefined;
  const checks = Object.entries(exercise.checks).map(([id, { title, points }]): CheckResult => {
    const found = mine.filter((record) => record.check === id);
    if (absent)
      return {
        id,
        title,
        points,
        durationMs: 0,
        outcome: { status: 'fail', cause: 'unfinished', message: 'nothing was handed in for this exercise' },
      };
    if (!races && id === raceCheck)
      return { id, title, points, durationMs: 0, outcome: { status: 'not-measured', reason: 'races were left out' } };
    return { id, title, points, ...evidenceOf(found, errors) };
  });
  const files = [...(submission.files[exercise.id] ?? [])];
  const printed = clean(mine.map((record) => record.printed).join(''));
  return {
    id: exercise.id,
    title: exercise.title,
    unit: exercise.unit,
    state: stateOf(checks, absent),
    points: addUp(checks),
    checks,
    printed,
    files,
  };
}

/** The evidence of a check that was recorded exactly once. */
function evidenceOf(found: readonly CheckRecord[], errors: readonly string[]): Evidence {
  const [record, second] = found;
  if (record !== undefined && second === undefined) return record.evidence;
  const why = errors[0] === undefined ? '' : ` (${errors[0]})`;
  const reason = `the grader has ${found.length} results for this check instead of one${why}`.slice(0, longestMessage);
  return { durationMs: 0, outcome: { status: 'ungraded', reason } };
}

function stateOf(checks: readonly CheckResult[], absent: boolean): ExerciseResult['state'] {
  if (absent) return 'absent';
  if (checks.some(({ outcome }) => outcome.status === 'ungraded')) return 'ungraded';
  if (checks.some(({ outcome }) => outcome.status === 'fail')) return 'failed';
  return checks.some(({ outcome }) => outcome.status === 'pass') ? 'passed' : 'ungraded'; // nothing could be measured: that is no pass
}

/** Points of several checks: what was not measured or not graded is set aside. */
function addUp(checks: readonly CheckResult[]): Tally {
  const sum = (which: (outcome: Outcome) => boolean) =>
    round(checks.filter(({ outcome }) => which(outcome)).reduce((total, { points }) => total + points, 0));
  return {
    earned: sum(({ status }) => status === 'pass'),
    measured: sum(({ status }) => status === 'pass' || status === 'fail'),
    possible: sum(() => true),
  };
}

export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = (key: keyof Tally) => round(tallies.reduce((total, tally) => total + tally[key], 0));
  return { earned: sum('earned'), measured: sum('measured'), possible: sum('possible') };
}

const round = (points: number) => Math.round(points * 1e6) / 1e6; // sums of tenths stay tenths

/** What a learner's code printed, without the characters that would act on a terminal or break a page. */
function clean(printed: string): string {
  return stripAnsi(printed)
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
    .slice(0, longestPrinted);
}
