import { join } from 'node:path';

import { Command, Option } from 'commander';

import { describeIsolation, type Isolation } from '../box/isolation.ts';
import { isWalled } from '../box/levels.ts';
import { makeGradebook, tellWithoutPoints } from '../cohort/gradebook.ts';
import { workThrough, type Graded } from '../cohort/queue.ts';
import { readCohort, type Cohort } from '../cohort/students.ts';
import { UserError } from '../errors.ts';
import { layoutNames, type LayoutName } from '../intake/layouts/layouts.ts';
import { readRoster } from '../intake/roster.ts';
import { readGradebook } from '../report/read.ts';
import { summariseGradebook } from '../report/terminal/summary.ts';
import { showLine, showName } from '../report/text/layout.ts';
import { makeSafe } from '../report/text/safe-text.ts';
import { gradebookName, writeClass, writeGradebookFile, writeResultFile } from '../report/write.ts';
import { tellSeed } from '../run/seed.ts';
import { exiting } from './exit.ts';
import { readGrading, withGradingOptions, type GradingOptions } from './grading.ts';
import { complain, openInertOutput, print, printJson, say } from './print.ts';
import { makeSecret, releaseEpoch } from './secret.ts';

const gradeCohort = withGradingOptions(new Command('grade'))
  .description('Grade a cohort: a folder of submissions, one a student, each in a box of its own.')
  .argument('<dir>', 'the folder of submissions: a folder or an archive for each, or the download of a platform')
  .addOption(new Option('--layout <name>', 'what the folder is, where it is not to be found out').choices(layoutNames))
  .option('--roster <file>', 'a CSV with the columns id, name, email, group (and login): who is in the class')
  .option('--out <dir>', 'where the results and pages go', 'reports/out')
  .option('--trust-submissions', 'grade without a wall too: only what you would run yourself')
  .action(
    exiting(async (folder: string, options: GradingOptions & CohortFolder & { out: string; trustSubmissions?: true }) => {
      const { students, notes, told } = readCohortFolder(folder, options);
      complain(told);
      for (const note of notes) complain(note);
      const { plan, seal } = await readGrading(options); // before anything is started: the environment forgets the secret
      const isolation = await describeIsolation();
      requireWall(isolation, options);
      const { out } = options;
      const startedAt = new Date();
      const rows: Graded[] = [];
      const { Grader } = await import('../grade/grade.ts'); // vitest comes with it: not before there is something to grade
      const grader = await Grader.start(openInertOutput());
      try {
        for await (const row of workThrough(students, async (student) =>
          seal.result(await grader.grade(student.folder, plan, {}, student.name)),
        )) {
          rows.push(row);
          const count = `${String(rows.length).padStart(String(students.length).length)}/${students.length}`;
          complain(`${count}  ${showName(makeSafe(row.student.name))}: ${sayRow(row)}`);
          if ('result' in row) await writeResultFile(row.result, join(out, row.student.home));
        }
      } finally {
        await grader.close();
      }
      const gradebook = seal.gradebook(makeGradebook(rows, { startedAt, ...tellSeed(plan.seed), device: plan.device, isolation, notes }));
      const unpointed = tellWithoutPoints(gradebook);
      if (unpointed !== undefined) complain(unpointed);
      await writeGradebookFile(gradebook, out);
      const page = await writeClass(gradebook, out);
      if (options.json === true) printJson(gradebook);
      else {
        print(summariseGradebook(gradebook, { colour: process.stdout.isTTY }));
        say(`\nOpen ${page} in a browser.`);
      }
      return rows.every((row) => 'result' in row || row.student.refusedAs === 'not-handed-in') ? 0 : 1; // the cohort's work need not be right for the grading to be fine
    }),
  );

/** What the folder of a cohort is, and who should be in it. */
interface CohortFolder {
  readonly layout?: LayoutName;
  readonly roster?: string;
}

function readCohortFolder(folder: string, { layout, roster }: CohortFolder): Cohort {
  return readCohort(folder, {
    ...(layout === undefined ? {} : { layout }),
    ...(roster === undefined ? {} : { roster: readRoster(roster) }),
  });
}

/** Without a wall a submission can write the oracles, the solutions and the grader. */
function requireWall({ level, reason }: Isolation, { trustSubmissions }: { trustSubmissions?: true }): void {
  if (isWalled(level)) return;
  if (trustSubmissions !== true)
    throw new UserError(
      `these submissions would run without a wall (isolation ${level}: ${reason}); mend that, or add --trust-submissions if you would run every one of them yourself`,
    );
  complain(`Graded without a wall (isolation ${level}): the submissions are trusted. ${reason}`);
}

function sayRow(row: Graded): string {
  if ('error' in row) return `could not be graded: ${showLine(makeSafe(row.error.message))}`;
  const { points, durationMs } = row.result;
  return `${points.earned} of ${points.measured} points, ${(durationMs / 1000).toFixed(1)} s`;
}

const reportCohort = new Command('report')
  .description('Draw the pages of a graded cohort again from its gradebook.json.')
  .argument('<dir>', `the folder that holds ${gradebookName}`)
  .action(
    exiting(async (folder: string) => {
      const page = await writeClass(await readGradebook(join(folder, gradebookName)), folder);
      say(`Open ${page} in a browser.`);
      return 0;
    }),
  );

export const cohort = new Command('cohort')
  .description('for instructors')
  .addCommand(gradeCohort)
  .addCommand(reportCohort)
  .addCommand(makeSecret)
  .addCommand(releaseEpoch);
