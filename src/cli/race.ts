import { Command, Option } from 'commander';

import { chooseExercises } from '../course/select.ts';
import { readCourse } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { chooseDevice } from '../device/probe.ts';
import { UserError } from '../errors.ts';
import { Grader } from '../grade/grade.ts';
import { readFolder } from '../intake/read.ts';
import { strictAlpha } from '../race/sequential-test.ts';
import { renderRace } from '../report/terminal/race.ts';
import { writeResult } from '../report/write.ts';
import type { RaceResult } from '../result/race.ts';
import { makePlan } from '../run/plan.ts';
import { exiting } from './exit.ts';
import { countChecks } from './progress.ts';
import { RaceMemory } from './race-memory.ts';
import { complain, openInertOutput, print, printJson, say } from './print.ts';

interface Options {
  readonly all?: boolean;
  readonly more?: boolean;
  readonly certify?: boolean;
  readonly device?: DeviceName;
  readonly dir: string;
  readonly out?: string;
  readonly json?: boolean;
}

export const raceCommand = new Command('race')
  .description("race your parallel passes against the kit's sequential ones on this machine")
  .argument('[ids...]', 'exercises by number or id')
  .option('--all', 'every exercise that has a race')
  .option('--more', 'carry on races that could not tell, instead of beginning anew')
  .option('--certify', 'allow one wrong verdict in a thousand instead of one in a hundred')
  .option('--dir <dir>', 'the folder that holds your exercises', '.')
  .addOption(new Option('--device <name>', 'the device to race on').choices(deviceNames))
  .option('--out <dir>', 'write result.json and report.html of the races there')
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async (ids: string[], options: Options) => {
      const raced = chooseRaced(ids, options.all === true);
      const device = await chooseDevice(options.device);
      const memory = RaceMemory.read('.');
      const before = options.more === true ? carriedOn(memory, raced, options.dir, device.name) : {};
      const grader = new Grader({ output: openInertOutput() });
      const progress = countChecks(`racing on ${device.name}`);
      try {
        const racing = { ...(options.certify === true ? { error: strictAlpha } : {}), before };
        const result = await grader.grade(options.dir, makePlan({ exercises: raced, device, checks: ['race'], racing }), progress.watch);
        progress.end();
        const checks = result.exercises.flatMap(({ id, checks }) => checks.map((check) => ({ exercise: id, check })));
        if (options.out !== undefined) await writeResult(result, options.out);
        if (options.json === true) printJson(checks);
        else
          for (const [at, { exercise, check }] of checks.entries()) {
            if (at > 0) say('');
            print(renderRace(exercise, check));
          }
        await memory.keep(result);
        return checks.every(({ check }) => check.outcome.status !== 'fail') ? 0 : 1;
      } finally {
        await grader.close();
      }
    }),
  );

/** The rounds that `--more` carries on; for every race that begins anew it says why. */
function carriedOn(memory: RaceMemory, raced: readonly Exercise[], folder: string, device: string): Record<string, RaceResult> {
  const { files } = readFolder(folder, raced);
  const before: Record<string, RaceResult> = {};
  for (const exercise of raced) {
    const found = memory.carryOn(exercise, files[exercise.id] ?? [], device);
    if (typeof found === 'string') complain(found);
    else before[exercise.id] = found;
  }
  return before;
}

function chooseRaced(ids: readonly string[], all: boolean): Exercise[] {
  if (ids.length === 0 && !all) throw new UserError('name an exercise, such as `npx unroll race 15`, or ask for `--all`');
  const chosen = chooseExercises(readCourse(), ids);
  const raced = chosen.filter(({ race }) => race !== undefined);
  const still = chosen.find(({ race }) => race === undefined);
  if (ids.length > 0 && still !== undefined) throw new UserError(`${still.id} has no race; \`npx unroll list\` shows which have`);
  return raced;
}
