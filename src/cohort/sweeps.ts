import type { Result } from '../result/result.ts';
import { workThrough, type Graded } from './queue.ts';
import type { Student } from './students.ts';

export interface Sweeps {
  /** Grades one student without races, or with them. */
  readonly grade: (student: Student, races: boolean) => Promise<Result>;
  readonly races: boolean;
  /** Students whose checks run at once. */
  readonly atOnce: number;
  /** Students whose races are asked for at once: one where they have this machine alone. */
  readonly racesAtOnce?: number;
  /** Called with each student's last row as soon as it is there. */
  readonly onRow: (row: Graded, done: number, of: number) => void | Promise<void>;
  /** Called as the checks of each student end, where races follow. */
  readonly onChecked: (row: Graded, done: number, of: number) => void;
  /** Once aborted nothing more is begun. */
  readonly signal?: AbortSignal;
}

/**
 * Grades a cohort in two sweeps: the checks of all, several students at once; then, where they are asked for, the races, one after the other
 * on a machine that does nothing else. What the first sweep found, the second takes from the store. After an abort a row is what was known by then.
 */
export async function sweepThrough(students: readonly Student[], sweeps: Sweeps): Promise<Graded[]> {
  const { grade, races, atOnce, racesAtOnce = 1, onRow, onChecked, signal } = sweeps;
  const rows = new Map<Student, Graded>();
  const sweep = async (timed: boolean, count: number) => {
    const left = students.filter((student) => !signal?.aborted && !(timed && 'error' in (rows.get(student) ?? {})));
    let done = students.length - left.length;
    for await (const row of workThrough(left, (student) => begin(student, timed), count)) {
      const cutOff = signal?.aborted === true && 'error' in row; // what was known of the student before says more
      if (!cutOff || !rows.has(row.student)) rows.set(row.student, row);
      if (cutOff) continue;
      done++;
      if (timed || !races) await onRow(row, done, students.length);
      else onChecked(row, done, students.length);
    }
  };
  const begin = (student: Student, timed: boolean) => {
    if (signal?.aborted === true) throw new Error(notGradedYet);
    return grade(student, timed);
  };
  await sweep(false, atOnce);
  if (races) await sweep(true, racesAtOnce);
  return students.map((student) => rows.get(student) ?? { student, error: new Error(notGradedYet) });
}

const notGradedYet = 'not graded yet: the grading was interrupted, and the same command goes on with it';
