import { pMapIterable } from 'p-map';

import { messageOf, UserError } from '../errors.ts';
import type { Result } from '../result/result.ts';
import type { Student } from './students.ts';

/** Grades one student; the same job whether it runs here or is handed to a worker. */
export type GradeOne = (student: Student) => Promise<Result>;

export type Graded = { readonly student: Student } & ({ readonly result: Result } | { readonly error: Error });

/**
 * Works through a cohort, `atOnce` students at a time, and gives their rows in order. A submission that breaks the grader costs its own row and
 * nothing else.
 */
export function workThrough(students: readonly Student[], gradeOne: GradeOne, atOnce = 1): AsyncIterable<Graded> {
  const grade = async (student: Student): Promise<Graded> => {
    try {
      if (student.refused !== undefined) throw new UserError(student.refused);
      return { student, result: await gradeOne(student) };
    } catch (error) {
      return { student, error: error instanceof Error ? error : new Error(messageOf(error)) };
    }
  };
  return pMapIterable(students, grade, { concurrency: atOnce, backpressure: atOnce });
}
