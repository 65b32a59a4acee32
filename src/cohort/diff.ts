import type { CheckResult, ExerciseResult, Gradebook } from '../result/result.ts';

/** One check that ended otherwise. */
export interface ChangedCheck {
  readonly exercise: string;
  readonly check: string;
  /** In words, such as `fail (wrong-value)`; `nothing` where the gradebook does not have it. */
  readonly before: string;
  readonly after: string;
  /** What else differs between the two gradings of the exercise and may be the reason; empty where nothing does. */
  readonly reasons: readonly string[];
}

/** A student whose points or checks are not the same in two gradebooks. */
export interface ChangedStudent {
  readonly name: string;
  /** Points earned; undefined where the student is missing or ungraded. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** Exercises whose points a person has set in one of the two, or otherwise. */
  readonly setByHand: readonly string[];
  /** Empty where the student is in one of the two alone. */
  readonly checks: readonly ChangedCheck[];
}

type Row = Gradebook['students'][number];

/** Whose points changed from one gradebook to another, and why, in the order of the second; who is in the first alone comes last. */
export function compareGradebooks(before: Gradebook, after: Gradebook): ChangedStudent[] {
  const common = reasonsFor([
    ['the kit', before.kit.version, after.kit.version],
    ['the inputs', before.seed, after.seed],
    ['the device', describe(before.device), describe(after.device)],
    ['the isolation', before.isolation.level, after.isolation.level],
  ]);
  const rows = new Map(before.students.map((row) => [row.name, row]));
  const names = new Set(after.students.map(({ name }) => name));
  const pairs: [Row | undefined, Row | undefined][] = [
    ...after.students.map((row): [Row | undefined, Row] => [rows.get(row.name), row]),
    ...before.students.filter(({ name }) => !names.has(name)).map((row): [Row, undefined] => [row, undefined]),
  ];
  return pairs.flatMap(([old, now]) => {
    const both = pointsOf(old) !== undefined && pointsOf(now) !== undefined;
    const student: ChangedStudent = {
      name: (now ?? old)?.name ?? '',
      before: pointsOf(old),
      after: pointsOf(now),
      setByHand: setOtherwise(old, now),
      checks: both ? compareExercises(exercisesOf(old), exercisesOf(now), common) : [],
    };
    const same = student.before === student.after && student.checks.length === 0 && student.setByHand.length === 0;
    return same ? [] : [student];
  });
}

/** Exercises of which the points set by hand differ. */
function setOtherwise(...rows: readonly [Row | undefined, Row | undefined]): string[] {
  const [before, after] = rows.map((row) => new Map((row?.overrides ?? []).map(({ exercise, points }) => [exercise, points]))) as [
    Map<string, number>,
    Map<string, number>,
  ];
  return [...new Set([...after.keys(), ...before.keys()])].filter((exercise) => before.get(exercise) !== after.get(exercise));
}

const pointsOf = (row: Row | undefined) => (row?.outcome.status === 'graded' ? row.outcome.points.earned : undefined);
const exercisesOf = (row: Row | undefined) => (row?.outcome.status === 'graded' ? row.outcome.result.exercises : []);
const describe = ({ name, kind, version }: Gradebook['device']) => `${name} (${kind}) ${version ?? ''}`.trim();

function compareExercises(before: readonly ExerciseResult[], after: readonly ExerciseResult[], common: readonly string[]): ChangedCheck[] {
  const ids = new Set([...after, ...before].map(({ id }) => id));
  return [...ids].flatMap((exercise) => {
    const [old, now] = [before, after].map((list) => list.find(({ id }) => id === exercise));
    const reasons = [
      ...reasonsFor([
        ['the files', hashesOf(old), hashesOf(now)],
        ['the exercise', old?.version, now?.version],
      ]),
      ...common,
    ];
    const checks = new Set([...(now?.checks ?? []), ...(old?.checks ?? [])].map(({ id }) => id));
    return [...checks].flatMap((check) => {
      const [was, is] = [old, now].map((one) => endOf(one?.checks.find(({ id }) => id === check))) as [string, string];
      return was === is ? [] : [{ exercise, check, before: was, after: is, reasons }];
    });
  });
}

const hashesOf = (exercise: ExerciseResult | undefined) => exercise?.files.map(({ path, sha256 }) => `${path} ${sha256}`).join();

function endOf(check: CheckResult | undefined): string {
  if (check === undefined) return 'nothing';
  const { outcome } = check;
  return outcome.status === 'fail' ? `fail (${outcome.cause})` : outcome.status;
}

/** What differs, in words. What one of the two does not say is no reason. */
function reasonsFor(pairs: readonly [string, string | undefined, string | undefined][]): string[] {
  return pairs
    .filter(([, before, after]) => before !== undefined && after !== undefined && before !== after)
    .map(([what]) => `${what} changed`);
}
