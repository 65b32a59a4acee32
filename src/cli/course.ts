import { relative } from 'node:path';

import { Command, InvalidArgumentError } from 'commander';

import { calibrateRaces, renderCalibration } from '../author/calibrate.ts';
import { asJson, checkExercises, countProblems, renderProof, renderSummary, type DeviceProof } from '../author/course-check.ts';
import { refuseUnknownSolutions } from '../author/faults.ts';
import { makeFigures } from '../author/figures.ts';
import { writeTable } from '../author/lesson-table.ts';
import { createExercise } from '../author/new-exercise.ts';
import { writeThreshold } from '../author/threshold-file.ts';
import { chooseExercises } from '../course/select.ts';
import { readCourse } from '../course/course.ts';
import { kitRoot } from '../course/places.ts';
import { writePristine } from '../course/stubs.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { openDevice } from '../device/open.ts';
import { chooseDevice } from '../device/probe.ts';
import { writeWhole } from '../files.ts';
import { drawCurves } from '../report/pictures/curves.ts';
import { lonePalette } from '../report/pictures/palette.ts';
import { makeSafe } from '../report/text/safe-text.ts';
import { exiting } from './exit.ts';
import { gpu } from './gpu.ts';
import { list, readCount } from './lists.ts';
import { countChecks } from './progress.ts';
import { openInertOutput, printJson, say } from './print.ts';

interface Options {
  readonly only?: string[];
  readonly device: DeviceName[];
  readonly seed: string;
  readonly reduced?: boolean;
  readonly json?: boolean;
}

function readDevices(text: string): DeviceName[] {
  return list(text).map((word) => {
    const name = deviceNames.find((known) => known === word);
    if (name === undefined) throw new InvalidArgumentError(`use ${deviceNames.join(', ')}`);
    return name;
  });
}

const check = new Command('check')
  .description('prove the checks: stubs fail for their own reason, solutions pass, every misconception dies and is named')
  .option('--only <ids>', 'these exercises alone, separated by commas', list)
  .option('--device <names>', 'devices, separated by commas', readDevices, ['tensorflow', 'wasm'])
  .option('--seed <seed>', 'seed of every drawn input', 'course-check')
  .option('--reduced', 'cut training short: the labs are shown to work, not to order their models')
  .option('--json', 'print one JSON value')
  .action(
    exiting(async ({ only = [], device: names, seed, reduced = false, json = false }: Options) => {
      const all = readCourse(kitRoot, { unfinished: true });
      refuseUnknownSolutions(all);
      const exercises = chooseExercises(all, only);
      const devices = await Promise.all(names.map((name) => chooseDevice(name)));
      const { CheckRunner } = await import('../run/run-checks.ts'); // vitest comes with it
      const runner = await CheckRunner.start(openInertOutput());
      const found: DeviceProof[] = [];
      for (const device of devices) {
        const progress = countChecks(`proving on ${device.name}`);
        found.push(await checkExercises(runner, exercises, device, seed, { reduced, ...progress.watch }));
        progress.end();
        if (!json) say(`${renderProof(found.at(-1) as DeviceProof)}\n\n`);
      }
      await runner.close();
      if (json) printJson(asJson(found));
      else say(renderSummary(found));
      return countProblems(found) === 0 ? 0 : 1;
    }),
  );

const draw = new Command('draw')
  .description(
    "draw the lessons' pictures again from the solutions' own numbers, and write their tables of checks and exercises/stubs.json",
  )
  .option('--only <ids>', 'these exercises alone, separated by commas', list)
  .action(
    exiting(async ({ only = [] }: Pick<Options, 'only'>) => {
      const exercises = chooseExercises(readCourse(kitRoot, { unfinished: true }), only);
      say(relative(kitRoot, await writePristine({ root: kitRoot }, exercises)));
      const device = await openDevice((await chooseDevice()).name);
      for (const exercise of exercises) {
        const lesson = await writeTable(exercise);
        if (lesson !== undefined) say(relative(kitRoot, lesson));
        for (const { path, figure } of await makeFigures(exercise, device)) {
          if (figure.kind !== 'curves') throw new Error(`${path}: a lesson's picture must be curves`);
          await writeWhole(path, `${await drawCurves(makeSafe(figure), lonePalette)}\n`);
          say(relative(kitRoot, path));
        }
      }
      return 0;
    }),
  );

const create = new Command('new')
  .description('make the files of a new exercise that works, to be written on')
  .argument('<id>', 'two digits and words joined by hyphens, such as 24-gated-loops')
  .option('--title <title>', 'made from the id where none is named')
  .option('--unit <title>', 'its unit in course.yaml; the last one where none is named')
  .action(
    exiting(async (id: string, { title, unit }: { title?: string; unit?: string }) => {
      for (const path of await createExercise({ id, title, unit })) say(relative(kitRoot, path));
      say(`\nLook at it: npx unroll course check --only ${id}`);
      return 0;
    }),
  );

const calibrate = new Command('calibrate')
  .description('measure every race on this machine and propose thresholds')
  .option('--only <ids>', 'these exercises alone, separated by commas', list)
  .option('--device <names>', 'devices, separated by commas', readDevices, ['tensorflow', 'wasm'])
  .option('--races <count>', 'races for each pass', readCount, 3)
  .option('--write', 'write the thresholds into exercise.yaml, with what was measured')
  .action(
    exiting(
      async ({ only = [], device: names, races, write = false }: Pick<Options, 'only' | 'device'> & { races: number; write?: boolean }) => {
        const exercises = chooseExercises(readCourse(kitRoot, { unfinished: true }), only);
        const { CheckRunner } = await import('../run/run-checks.ts');
        const runner = await CheckRunner.start(openInertOutput());
        for (const name of names) {
          const progress = countChecks(`racing on ${name}`);
          const found = await calibrateRaces(runner, exercises, await chooseDevice(name), {
            races,
            date: new Date().toISOString().slice(0, 10),
            ...progress.watch,
          });
          progress.end();
          for (const one of found) say(renderCalibration(one));
          if (write) for (const one of found) await writeThreshold(one);
        }
        await runner.close();
        return 0;
      },
    ),
  );

export const course = new Command('course')
  .description('for authors of exercises')
  .addCommand(check)
  .addCommand(create)
  .addCommand(draw)
  .addCommand(calibrate)
  .addCommand(gpu);
