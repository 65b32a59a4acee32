import { join } from 'node:path';

import { Command } from 'commander';

import { compareGradebooks } from '../cohort/diff.ts';
import { readGradebook } from '../report/read.ts';
import { showLine, showName } from '../report/text/layout.ts';
import { makeSafe } from '../report/text/safe-text.ts';
import { gradebookName, writeClass } from '../report/write.ts';
import { gradeCohort } from './cohort-grade.ts';
import { exiting } from './exit.ts';
import { complain, printJson, say } from './print.ts';
import { makeSecret, makeWorkerKey, releaseEpoch } from './secret.ts';

/** A name in a gradebook may hold anything; a line of what is printed is never begun by it. */
const nameLine = (name: string) => showName(makeSafe(name));

const reportCohort = new Command('report')
  .description('Draw the pages of a graded cohort again from its gradebook.json.')
  .argument('<dir>', `the folder that holds ${gradebookName}`)
  .action(
    exiting(async (folder: string) => {
      const page = await writeClass(await readGradebook(join(folder, gradebookName)), folder, { complain });
      say(`Open ${page} in a browser.`);
      return 0;
    }),
  );

const tellStatus = new Command('status')
  .description('Say how far a cohort is graded, and what a person should look at.')
  .argument('<dir>', `the folder that holds ${gradebookName}`)
  .action(
    exiting(async (folder: string) => {
      const { students } = await readGradebook(join(folder, gradebookName));
      const graded = students.flatMap(({ outcome }) => (outcome.status === 'graded' ? [outcome.result] : []));
      say(`${students.length} students: ${graded.length} graded, ${students.length - graded.length} not`);
      for (const { name, outcome } of students)
        if (outcome.status === 'ungraded') say(`  ${nameLine(name)}: ${showLine(makeSafe(outcome.reason))}`);
      const checks = graded.flatMap(({ exercises }) => exercises.flatMap(({ checks }) => checks));
      say(
        `${checks.filter(({ race }) => race?.verdict === 'cannot-tell').length} races that could not tell: the same command asks them again`,
      );
      say(`${checks.filter(({ race }) => race?.verdict === 'implausible').length} races that are implausible: a person should look`);
      say(`${checks.filter(({ outcome }) => outcome.status === 'ungraded').length} checks that the kit could not grade`);
      return 0;
    }),
  );

const compareCohorts = new Command('diff')
  .description('Say whose points changed from one graded cohort to another, and why.')
  .argument('<before>', `a folder that holds ${gradebookName}`)
  .argument('<after>', 'another one')
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async (before: string, after: string, { json }: { json?: true }) => {
      const [old, now] = [await readGradebook(join(before, gradebookName)), await readGradebook(join(after, gradebookName))];
      const changed = compareGradebooks(old, now);
      if (json === true) printJson(changed);
      else if (changed.length === 0) say('Nobody’s checks ended otherwise.');
      for (const student of json === true ? [] : changed) {
        say(`${nameLine(student.name)}: ${student.before ?? 'no'} points, now ${student.after ?? 'none'}`);
        for (const exercise of student.setByHand) say(`  ${nameLine(exercise)}: points set by hand`);
        for (const { exercise, check, before: was, after: is, reasons } of student.checks)
          say(`  ${nameLine(exercise)} ${nameLine(check)}: ${was}, now ${is}${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}`);
      }
      return changed.length === 0 ? 0 : 1;
    }),
  );

export const cohort = new Command('cohort')
  .description('for instructors')
  .addCommand(gradeCohort)
  .addCommand(reportCohort)
  .addCommand(tellStatus)
  .addCommand(compareCohorts)
  .addCommand(makeSecret)
  .addCommand(releaseEpoch)
  .addCommand(makeWorkerKey);
