import { Command, Option } from 'commander';

import { renderSurvey } from '../author/survey-table.ts';
import { surveyDevice } from '../author/survey.ts';
import { chooseExercises } from '../course/select.ts';
import { readCourse } from '../course/course.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { chooseDevice } from '../device/probe.ts';
import { writeWhole } from '../files.ts';
import { exiting } from './exit.ts';
import { list, readCount } from './lists.ts';
import { countChecks } from './progress.ts';
import { openInertOutput, say } from './print.ts';

interface Options {
  readonly only?: string[];
  readonly device?: DeviceName;
  readonly lengths: number[];
  readonly races: number;
  readonly out?: string;
}

export const gpu = new Command('gpu')
  .description('measure all that is worth measuring where a GPU is at hand: right answers, errors, races at several lengths, thresholds')
  .option('--only <ids>', 'these exercises alone, separated by commas', list)
  .addOption(new Option('--device <name>', 'another device than the one that would be chosen').choices(deviceNames))
  .option(
    '--lengths <numbers>',
    'lengths to race at besides the usual, separated by commas',
    (text) => list(text).map(readCount),
    [256, 1024, 4096, 16_384],
  )
  .option('--races <count>', 'races for each threshold', readCount, 2)
  .option('--out <file>', 'write it all there as JSON')
  .action(
    exiting(async ({ only = [], device: wanted, lengths, races, out }: Options) => {
      const exercises = chooseExercises(readCourse(), only);
      const device = await chooseDevice(wanted);
      const { CheckRunner } = await import('../run/run-checks.ts'); // vitest comes with it
      const runner = await CheckRunner.start(openInertOutput());
      const progress = countChecks(`measuring on ${device.name}`);
      try {
        const date = new Date().toISOString().slice(0, 10);
        const survey = await surveyDevice(runner, exercises, device, {
          lengths,
          races,
          date,
          ...progress.watch,
        });
        progress.end();
        if (out !== undefined) await writeWhole(out, `${JSON.stringify(survey, null, 2)}\n`);
        say(renderSurvey(survey));
        return survey.correctness.others.length + survey.errors.length === 0 ? 0 : 1;
      } finally {
        await runner.close();
      }
    }),
  );
