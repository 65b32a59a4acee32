import { Command } from 'commander';

import { Grader } from '../grade/grade.ts';
import { usualJudges } from '../judge/pool.ts';
import { summariseResult } from '../report/terminal/summary.ts';
import { writeResult } from '../report/write.ts';
import type { Result } from '../result/result.ts';
import { exiting, type ExitCode } from './exit.ts';
import { noteLeftOut, readGrading, withGradingOptions, type GradingOptions } from './grading.ts';
import { countChecks } from './progress.ts';
import { openInertOutput, print, printJson } from './print.ts';

export const grade = withGradingOptions(new Command('grade'))
  .description(
    'Grade one submission: a folder that holds exercises/NN-name/file.ts, or the same without exercises/; or a zip or tar.gz of it.',
  )
  .argument('<path>', 'the submission')
  .option('--out <dir>', 'write result.json and report.html there')
  .action(
    exiting(async (folder: string, options: GradingOptions) => {
      const { plan, seal } = await readGrading(options);
      const grader = new Grader({ judges: options.jobs ?? usualJudges(), output: openInertOutput() });
      const progress = countChecks(`grading on ${plan.device.name}`);
      try {
        const graded = await grader.grade(folder, plan, progress.watch);
        const result = seal.result({ ...graded, notes: [...noteLeftOut(options), ...graded.notes] });
        progress.end();
        if (options.out !== undefined) await writeResult(result, options.out);
        if (options.json === true) printJson(result);
        else print(summariseResult(result, { colour: process.stdout.isTTY }));
        return exitCodeOf(result);
      } finally {
        await grader.close();
      }
    }),
  );

/** 1 as long as anything handed in, or asked for, has not passed; what could not be measured does not count against it. */
function exitCodeOf({ exercises }: Result): ExitCode {
  return exercises.every(({ state }) => state === 'passed') ? 0 : 1;
}
