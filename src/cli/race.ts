import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Command, Option } from 'commander';
import { z } from 'zod';

import { chooseExercises, readCourse } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { deviceNames, type DeviceName } from '../device/device.ts';
import { chooseDevice } from '../device/probe.ts';
import { UserError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { drawRace } from '../report/terminal-race.ts';
import { raceSchema, type CheckResult, type RaceRecord } from '../result.ts';
import { exiting } from './exit.ts';
import { countChecks } from './progress.ts';

interface Options {
  readonly all?: boolean;
  readonly more?: boolean;
  readonly certify?: boolean;
  readonly device?: DeviceName;
  readonly dir: string;
  readonly json?: boolean;
}

const memory = join('.unroll', 'races.json'); // below the working folder, and ignored by git
const memorySchema = z.record(z.string(), z.object({ submission: z.string(), device: z.string(), race: raceSchema }));
type Memory = z.infer<typeof memorySchema>;

export const raceCommand = new Command('race')
  .description("race your parallel passes against the kit's sequential ones on this machine")
  .argument('[ids...]', 'exercises by number or id')
  .option('--all', 'every exercise that has a race')
  .option('--more', 'carry on races that could not tell, instead of beginning anew')
  .option('--certify', 'allow one wrong verdict in a thousand instead of one in a hundred')
  .option('--dir <dir>', 'the folder that holds your exercises', '.')
  .addOption(new Option('--device <name>', 'the device to race on').choices(deviceNames))
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async (ids: string[], options: Options) => {
      const raced = chooseRaced(ids, options.all === true);
      const device = await chooseDevice(options.device);
      const { Grader } = await import('../grade/grade.ts'); // vitest comes with it
      const grader = await Grader.start();
      const known = readMemory();
      const before =
        options.more === true
          ? Object.fromEntries(raced.flatMap(({ id }) => (known[id]?.device === device.name ? [[id, known[id].race] as const] : [])))
          : {};
      const progress = countChecks(`racing on ${device.name}`);
      try {
        const result = await grader.grade(options.dir, {
          exercises: raced,
          device,
          checks: ['race'],
          racing: { ...(options.certify === true ? { error: 0.001 } : {}), before: undecided(before) },
          onRecord: progress.tick,
          onProgress: progress.say,
        });
        progress.end();
        const checks = result.exercises.flatMap(({ id, checks: all }) =>
          all.filter((check) => check.id === 'race').map((check) => ({ exercise: id, check })),
        );
        await remember(known, checks, result.submission.sha256, device.name);
        console.log(
          options.json === true ? JSON.stringify(checks) : checks.map(({ exercise, check }) => drawRace(exercise, check)).join('\n\n'),
        );
        return checks.every(({ check }) => check.outcome.status !== 'fail') ? 0 : 1;
      } finally {
        await grader.close();
      }
    }),
  );

/** Only a race that could not tell may be carried on: one that has ended has its verdict. */
function undecided(before: Readonly<Record<string, RaceRecord>>): Record<string, RaceRecord> {
  return Object.fromEntries(Object.entries(before).filter(([, { verdict }]) => verdict === 'cannot-tell'));
}

function chooseRaced(ids: readonly string[], all: boolean): Exercise[] {
  if (ids.length === 0 && !all) throw new UserError('name an exercise, such as `npx unroll race 15`, or ask for `--all`');
  const chosen = chooseExercises(readCourse(), ids);
  const raced = chosen.filter(({ race }) => race !== undefined);
  const still = chosen.find(({ race }) => race === undefined);
  if (ids.length > 0 && still !== undefined) throw new UserError(`${still.id} has no race; \`npx unroll list\` shows which have`);
  return raced;
}

function readMemory(): Memory {
  if (!existsSync(memory)) return {};
  const read = memorySchema.safeParse(JSON.parse(readFileSync(memory, 'utf8')));
  if (!read.success) throw new UserError(`${memory} is not what \`unroll race\` wrote; delete it and race again`);
  return read.data;
}

async function remember(
  known: Memory,
  checks: readonly { exercise: string; check: CheckResult }[],
  submission: string,
  device: string,
): Promise<void> {
  const fresh = checks.flatMap(({ exercise, check: { race } }) =>
    race === undefined ? [] : [[exercise, { submission, device, race }] as const],
  );
  await writeWhole(memory, `${JSON.stringify({ ...known, ...Object.fromEntries(fresh) })}\n`);
}
