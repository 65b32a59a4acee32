import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { UserError } from '../errors.ts';

export interface Student {
  readonly name: string;
  /** Folder of the submission. */
  readonly folder: string;
}

/** A cohort is a folder of submissions, one a student, named by the student. */
export function readStudents(folder: string): Student[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UserError(`there is no folder ${folder}; name the folder that holds one folder for each student`);
  const students = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => ({ name, folder: join(folder, name) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1)); // by code point, the same on every machine
  if (students.length === 0) throw new UserError(`${folder} holds no submissions; put one folder for each student into it`);
  return students;
}
