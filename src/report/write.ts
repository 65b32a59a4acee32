import { join } from 'node:path';

import { UserError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import type { Gradebook, Result } from '../result/result.ts';
import { drawFigures } from './view/figure.ts';
import { splitPath } from './text/href.ts';
import { showLine, showName } from './text/layout.ts';
import { makeSafe } from './text/safe-text.ts';
import { renderCohort, renderIndex, renderStudentReport, type StudentReportOptions } from './render.ts';
import { reportName } from './view/student-rows.ts';

export const resultName = 'result.json';
export const gradebookName = 'gradebook.json';
export const cohortName = 'cohort.html';
export const indexName = 'index.html';

/** Writes `result.json` into the folder. */
export async function writeResultFile(result: Result, folder: string): Promise<void> {
  await writeWhole(join(folder, resultName), `${JSON.stringify(result, null, 2)}\n`);
}

/** Writes `gradebook.json` into the folder. */
export async function writeGradebookFile(gradebook: Gradebook, folder: string): Promise<void> {
  await writeWhole(join(folder, gradebookName), `${JSON.stringify(gradebook)}\n`);
}

/** Writes `result.json` and `report.html` into the folder. */
export async function writeResult(result: Result, folder: string): Promise<void> {
  await writeResultFile(result, folder);
  await writeStudentReport(result, folder);
}

/** Writes `report.html` into the folder and returns its path. */
export async function writeStudentReport(result: Result, folder: string, options: StudentReportOptions = {}): Promise<string> {
  const safe = makeSafe(result);
  return writeWhole(join(folder, reportName), renderStudentReport(safe, { drawn: await drawFigures(safe), ...options }));
}

/** Writes `cohort.html` into the folder of the gradebook and returns its path. */
export async function writeCohortReport(gradebook: Gradebook, folder: string): Promise<string> {
  return writeWhole(join(folder, cohortName), renderCohort(makeSafe(gradebook)));
}

/** Writes `index.html`, which leads to `cohort.html` and to every student's report, and returns its path. */
export async function writeIndex(gradebook: Gradebook, folder: string, title = 'Graded reports'): Promise<string> {
  return writeWhole(
    join(folder, indexName),
    renderIndex({ title: makeSafe(title), gradebook: makeSafe(gradebook), cohortHref: cohortName }),
  );
}

/** Every page of a class: each graded student's report, the cohort page, the start page. Returns the path of the start page. */
export async function writeClass(gradebook: Gradebook, folder: string, title?: string): Promise<string> {
  const reports = gradebook.students.flatMap((student) =>
    student.outcome.status === 'graded' ? [{ result: student.outcome.result, folder: studentFolder(student, folder) }] : [],
  );
  for (const report of reports) await writeStudentReport(report.result, report.folder);
  await writeCohortReport(gradebook, folder);
  return writeIndex(gradebook, folder, title);
}

/** A gradebook is a file that anyone can edit: it must not make the kit write elsewhere. */
function studentFolder(student: Gradebook['students'][number], folder: string): string {
  const segments = splitPath(student.folder);
  if (segments !== null) return join(folder, ...segments);
  throw new UserError(
    `The gradebook puts the report of ${showName(makeSafe(student.name))} into “${showLine(makeSafe(student.folder), 200)}”, which is not a folder below the gradebook. Correct its "folder".`,
  );
}
