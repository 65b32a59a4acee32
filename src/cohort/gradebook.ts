import { NothingToGrade } from '../intake/nothing-to-grade.ts';
import type { Epoch, Gradebook, WithoutPoints } from '../result/result.ts';
import { gradebookSchema } from '../result/result.ts';
import { describeDevice, type DeviceReport } from '../result/device.ts';
import { longestMessage } from '../result/lengths.ts';
import { kitVersion } from '../version.ts';
import { noteCohort } from './notes.ts';
import type { Graded } from './queue.ts';
import type { Student } from './students.ts';

/** Gathers the rows of a cohort into its gradebook. */
export function makeGradebook(
  rows: readonly Graded[],
  {
    startedAt,
    seed,
    epoch,
    device,
    isolation,
    notes = [],
  }: Pick<Gradebook, 'seed' | 'isolation'> & { startedAt: Date; epoch?: Epoch; device: DeviceReport; notes?: readonly string[] },
): Gradebook {
  return gradebookSchema.parse({
    schema: 'unroll/gradebook/v2',
    kit: { version: kitVersion },
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    seed,
    ...(epoch === undefined ? {} : { epoch }),
    device: describeDevice(device),
    isolation,
    students: rows.map((row) => ({ ...describeStudent(row.student), outcome: describeOutcome(row) })),
    notes: [...notes, ...noteCohort(rows)],
  } satisfies Gradebook);
}

type Row = Gradebook['students'][number];

function describeStudent({ name, id, group, handedIn, late, home }: Student): Omit<Row, 'outcome'> {
  return {
    name,
    ...(id === undefined ? {} : { id }),
    ...(group === undefined ? {} : { group }),
    ...(handedIn === undefined || handedIn === name ? {} : { handedIn }),
    ...(late === undefined ? {} : { late }),
    folder: home,
  };
}

function describeOutcome(row: Graded): Row['outcome'] {
  if ('result' in row) return { status: 'graded', points: row.result.points, result: row.result };
  const kind = row.error instanceof NothingToGrade ? row.error.kind : row.student.refusedAs;
  return { status: 'ungraded', points: null, ...(kind === undefined ? {} : { kind }), reason: row.error.message.slice(0, longestMessage) };
}

/** How many rows have no points and why, in one sentence; undefined where all were graded. */
export function tellWithoutPoints({ students }: Gradebook): string | undefined {
  const kinds = students.flatMap(({ outcome }) => (outcome.status === 'ungraded' ? [outcome.kind ?? 'ungraded'] : []));
  if (kinds.length === 0) return undefined;
  const counts = Object.entries(withoutPointsWords)
    .map(([kind, words]) => [kinds.filter((each) => each === kind).length, words] as const)
    .filter(([count]) => count > 0);
  return `${kinds.length} of ${students.length} have no points, which is not zero: ${counts.map(([count, words]) => `${count} ${words}`).join(', ')}.`;
}

const withoutPointsWords: Readonly<Record<WithoutPoints | 'ungraded', string>> = {
  unreadable: 'unreadable',
  'nothing-found': 'with nothing found',
  'not-handed-in': 'with nothing handed in',
  ungraded: 'ungraded',
};
