import { Command, Option } from 'commander';

import { readCourse } from '../course/course.ts';
import { chooseExercises } from '../course/select.ts';
import type { Desk } from '../learn/desk.ts';
import { noteExplained } from '../learn/ledger.ts';
import { explain } from '../learn/panels.ts';
import { drawPlain, drawPlainTypes } from '../learn/screen.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { setUpDesk } from './desk.ts';
import { exiting, type ExitCode } from './exit.ts';
import { complain, printJson, say } from './print.ts';
import { messageOf } from '../errors.ts';

interface Options {
  readonly json?: boolean;
  readonly device?: DeviceName;
}

const withOptions = (command: Command) =>
  command
    .option('--json', 'print one JSON value on stdout and nothing else there')
    .addOption(new Option('--device <name>', 'the device to compute on').choices(deviceNames));

export const testCommand = withOptions(new Command('test'))
  .description('check your files once, and show the first failure whole')
  .argument('[ids...]', 'exercises by number or id; without any, the one where you are')
  .action(
    exiting((ids: string[], options: Options) =>
      checkEach(ids, options, {
        say: (desk) => say([...drawPlain(desk.view), ...drawPlainTypes(desk.view)].join('\n')),
        json: ({ verdict, view }) => ({ ...verdict, types: view.types }),
      }),
    ),
  );

export const explainCommand = withOptions(new Command('explain'))
  .description('check your file and tell everything that is known of what fails, never the answer; progress.yaml counts it')
  .argument('[id]', 'an exercise by number or id; without it, the one where you are')
  .action(
    exiting((id: string | undefined, options: Options) =>
      checkEach(id === undefined ? [] : [id], options, {
        each: (desk) => desk.keep(noteExplained(desk.progress, desk.exercise)),
        say: ({ exercise, verdict, view }) => {
          const { title, lines } = explain(exercise, verdict, view.types);
          say([title, '', ...lines].join('\n'));
        },
        json: ({ exercise, verdict, view }) => ({ ...explain(exercise, verdict, view.types), verdict, types: view.types }),
      }),
    ),
  );

interface Telling {
  readonly each?: (desk: Desk) => Promise<void>;
  readonly say: (desk: Desk) => void;
  readonly json: (desk: Desk) => unknown;
}

/** Checks one exercise after the other; 0 where all have passed. */
async function checkEach(ids: readonly string[], { json = false, device }: Options, tell: Telling): Promise<ExitCode> {
  const course = readCourse();
  const wanted = ids.length === 0 ? undefined : chooseExercises(course, ids);
  const desk = await setUpDesk(course, { wanted: wanted?.[0]?.id, device, onTrouble: (error) => complain(messageOf(error)) });
  const told: unknown[] = [];
  let code: ExitCode = 0;
  try {
    for (const [at, exercise] of (wanted ?? [desk.exercise]).entries()) {
      await desk.open(exercise);
      await tell.each?.(desk);
      if (desk.verdict?.passed !== true) code = 1;
      if (json) told.push(tell.json(desk));
      else {
        if (at > 0) say('');
        tell.say(desk);
      }
    }
    if (json) printJson(told);
    return code;
  } finally {
    await desk.close();
  }
}
