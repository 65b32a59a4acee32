import { messageOf, UserError } from '../errors.ts';
import type { Result } from '../result/result.ts';
import type { Student } from './students.ts';

/** Grades one student; the same job whether it runs here or is handed to a worker. */
export type GradeOne = (student: Student) => Promise<Result>;

export type Graded = { readonly student: Student } & ({ readonly result: Result } | { readonly error: Error });

/**
 * Works through a cohort. One student after the other on this machine; a queue of many workers can stand behind the same signature.
 * A submission that breaks the grader costs its own row and nothing else.
 */
export async function* workThrough(students: readonly Student[], gradeOne: GradeOne): AsyncGenerator<Graded> {
  for (const student of students) {
    try {
      if (student.refused !== undefined) throw new UserError(student.refused);
      yield { student, result: await gradeOne(student) };
    } catch (error) {
      yield { student, error: error instanceof Error ? error : new Error(messageOf(error)) };
    }
  }
}
