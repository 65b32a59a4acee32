import { join } from 'node:path';

import { writeWhole } from '../files.ts';
import type { Gradebook, Result } from '../result/result.ts';
import { drawFigures } from './view/figure.ts';
import { makeSafe } from './text/safe-text.ts';
import { placeReports } from './place-reports.ts';
import { renderCohort, renderIndex, renderStudentReport, renderUnreported, type StudentReportOptions } from './render.ts';
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
  return writeWhole(join(folder, reportName), await drawStudentReport(result, options));
}

async function drawStudentReport(result: Result, options: StudentReportOptions = {}): Promise<string> {
  const safe = makeSafe(result);
  return renderStudentReport(safe, { drawn: await drawFigures(safe), ...options });
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

interface ClassOptions {
  readonly title?: string;
  /** Is told in one sentence of each report that could not be drawn. */
  readonly complain: (sentence: string) => void;
}

/**
 * Every page of a class: each graded student's report, the cohort page, the start page. Returns the path of the start page. A report that cannot be drawn
 * costs its own page, which says so, and no other.
 */
export async function writeClass(gradebook: Gradebook, folder: string, { title, complain }: ClassOptions): Promise<string> {
  const placed = placeReports(gradebook);
  for (const { folder: place, outcome } of placed.students)
    if (outcome.status === 'graded') {
      const page = await drawStudentReport(outcome.result).catch(() => undefined);
      if (page === undefined) complain(`The report in ${place} could not be drawn; ${resultName} beside it has all that was found.`);
      await writeWhole(join(folder, ...place.split('/'), reportName), page ?? renderUnreported(makeSafe(outcome.result.submission.name)));
    }
  await writeCohortReport(placed, folder);
  return writeIndex(placed, folder, title);
}
