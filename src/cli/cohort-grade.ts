import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Command, Option } from 'commander';

import { describeIsolation } from '../box/isolation.ts';
import { makeGradebook, tellWithoutPoints } from '../cohort/gradebook.ts';
import { applyOverrides, overridesName, readOverrides } from '../cohort/overrides.ts';
import { readCohort, type Cohort } from '../cohort/students.ts';
import { sweepThrough } from '../cohort/sweeps.ts';
import { UserError } from '../errors.ts';
import { Grader } from '../grade/grade.ts';
import { layoutNames, type LayoutName } from '../intake/layouts/layouts.ts';
import { readRoster } from '../intake/roster.ts';
import { usualJudges } from '../judge/pool.ts';
import { QueueExecutor } from '../queue/queue-executor.ts';
import { summariseGradebook } from '../report/terminal/summary.ts';
import { writeClass, writeGradebookFile, writeResultFile } from '../report/write.ts';
import { tellSeed } from '../run/seed.ts';
import { rememberSeed } from '../store/remembered-seed.ts';
import { VerdictStore } from '../store/store.ts';
import { ClassProgress } from './class-progress.ts';
import { exiting } from './exit.ts';
import { noteLeftOut, readGrading, withGradingOptions, type GradingOptions } from './grading.ts';
import { complain, openInertOutput, print, printJson, say } from './print.ts';
import { queueOption, takeQueue } from './queue.ts';
import { requireWall } from './require-wall.ts';

interface CohortOptions extends GradingOptions, CohortFolder {
  readonly out: string;
  readonly trustSubmissions?: true;
  readonly fresh?: true;
  readonly student?: string;
  readonly overrides?: string;
  readonly queue?: string;
}

const studentsOnQueue = 16; // at once, some hundred questions: enough for any number of workers

export const gradeCohort = withGradingOptions(new Command('grade'))
  .description(
    'Grade a cohort: a folder of submissions, one a student, each in a box of its own. Ended at any moment and started again, it goes on where it stood.',
  )
  .argument('<dir>', 'the folder of submissions: a folder or an archive for each, or the download of a platform')
  .addOption(new Option('--layout <name>', 'what the folder is, where it is not to be found out').choices(layoutNames))
  .option('--roster <file>', 'a CSV with the columns id, name, email, group (and login): who is in the class')
  .option('--out <dir>', 'where the results and pages go', 'reports/out')
  .option('--fresh', 'ask everything again, from inputs that are drawn anew')
  .option('--student <name>', 'ask everything again of this student')
  .option('--overrides <file>', `points that a person has set; ${overridesName} beside the results where nothing is said`)
  .addOption(queueOption())
  .option('--trust-submissions', 'grade without a wall too: only what you would run yourself')
  .action(
    exiting(async (folder: string, options: CohortOptions) => {
      const { students, notes, told } = readCohortFolder(folder, options);
      const queue = takeQueue(options);
      complain(told);
      for (const note of notes) complain(note);
      const { student, fresh = false, out } = options;
      if (student !== undefined && !students.some(({ name }) => name === student))
        throw new UserError(`${folder} holds no student ${student}; name the student's folder as it is called`);
      const decisions = readOverrides(options.overrides ?? usualOverrides(out), students);
      const verdicts = join(out, 'verdicts');
      const { plan, seal, sealer, envelope } = await readGrading(options, () => rememberSeed(verdicts, { anew: fresh })); // before anything is started: the environment forgets the secret
      const isolation = await describeIsolation();
      requireWall(isolation, options);
      const startedAt = new Date();
      const judges = options.jobs ?? usualJudges();
      const executor =
        queue === undefined
          ? undefined
          : await QueueExecutor.open({ url: queue, device: plan.device, level: isolation.level, envelope, tell: complain });
      const atOnce = executor === undefined ? { atOnce: judges } : { atOnce: studentsOnQueue, racesAtOnce: studentsOnQueue };
      const store = new VerdictStore(verdicts, sealer);
      const grader = new Grader({ judges, output: openInertOutput(), store, ...(executor === undefined ? {} : { executor }) });
      const progress = new ClassProgress(students.length, { json: options.json === true });
      const interruption = new AbortController();
      const interrupt = () => {
        complain('Ending; what is known is kept. Press Ctrl-C again to end at once.');
        interruption.abort();
        void grader.close();
      };
      process.once('SIGINT', interrupt);
      const rows = await sweepThrough(students, {
        grade: async (one, races) => {
          const result = await grader.grade(
            one.folder,
            { ...plan, races },
            { again: fresh || one.name === student, onProgress: progress.show },
            one.name,
          );
          return seal.result({ ...result, notes: [...noteLeftOut(options), ...result.notes] });
        },
        races: plan.races,
        ...atOnce,
        onChecked: progress.checked,
        onRow: async (row, done) => {
          progress.row(row, done);
          if ('result' in row) await writeResultFile(row.result, join(out, row.student.home));
        },
        signal: interruption.signal,
      }).finally(() => grader.close());
      process.removeListener('SIGINT', interrupt);
      const computed = makeGradebook(rows, { startedAt, ...tellSeed(plan.seed), device: plan.device, isolation, notes });
      const gradebook = seal.gradebook(applyOverrides(computed, decisions));
      const unpointed = tellWithoutPoints(gradebook);
      if (unpointed !== undefined) complain(unpointed);
      await writeGradebookFile(gradebook, out);
      const page = await writeClass(gradebook, out, { complain });
      if (options.json === true) printJson(gradebook);
      else {
        print(summariseGradebook(gradebook, { colour: process.stdout.isTTY }));
        say(`\nOpen ${page} in a browser.`);
      }
      if (interruption.signal.aborted) {
        complain('Interrupted: the same command goes on where this one ended.');
        return 2;
      }
      return rows.every((row) => 'result' in row || row.student.refusedAs === 'not-handed-in') ? 0 : 1; // the cohort's work need not be right for the grading to be fine
    }),
  );

/** The file beside the results, where there is one. */
function usualOverrides(out: string): string | undefined {
  const path = join(out, overridesName);
  return existsSync(path) ? path : undefined;
}

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
