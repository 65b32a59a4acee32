import { watch as watchFiles } from 'chokidar';
import { Command, Option } from 'commander';

import { readCourse } from '../course/course.ts';
import { stubPaths } from '../course/places.ts';
import { messageOf } from '../errors.ts';
import { Controls } from '../learn/controls.ts';
import type { Desk } from '../learn/desk.ts';
import { showAsLines } from '../learn/plain-lines.ts';
import { readProgress } from '../learn/progress-file.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { ProgressLine } from '../terminal/progress.ts';
import { setUpDesk } from './desk.ts';
import { LessonsAgain, makeErrands } from './errands.ts';
import { exiting } from './exit.ts';
import { say } from './print.ts';

interface Options {
  readonly plain?: boolean;
  readonly editCmd?: string;
  readonly device?: DeviceName;
}

/** Editors write a file in more than one step: the first look, after so many ms, comes when most are done; the last believes what it sees. */
const looks = [
  [5, false],
  [100, false],
  [400, true],
] as const;

export const watch = new Command('watch')
  .description('the course on one screen: your file is checked whenever you save it (the same as `npx unroll` alone)')
  .argument('[id]', 'the exercise to begin with; without it, where you were')
  .option('--plain', 'plain lines instead of a screen: for screen readers and narrow windows; pipes have them anyway')
  .option('--edit-cmd <command>', 'opens each exercise in your editor, such as `code -r`; progress.yaml can hold it as `edit:`')
  .addOption(new Option('--device <name>', 'the device to compute on').choices(deviceNames))
  .action(
    exiting(async (id: string | undefined, { plain = false, editCmd, device }: Options) => {
      const course = readCourse();
      const editor = editCmd ?? readProgress(course.root).edit;
      const starting = new ProgressLine();
      starting.show('starting TensorFlow and the checks …');
      let desk: Desk | undefined;
      const onTrouble = (error: unknown) => {
        if (desk === undefined) throw error;
        desk.notice = messageOf(error);
        desk.changed();
      };
      const lessons = new LessonsAgain(course);
      desk = await setUpDesk(course, { wanted: id, device, onTrouble, onKept: () => lessons.start() });
      const controls = new Controls(desk, course, makeErrands(course, editor, onTrouble));
      const files = watchFiles(
        course.exercises.flatMap((exercise) => stubPaths(exercise)),
        { ignoreInitial: true },
      );
      files.on('all', () => {
        for (const [delayMs, final] of looks)
          setTimeout(() => desk.isChanged({ final }) && void controls.saved().catch(onTrouble), delayMs);
      });
      files.on('error', onTrouble);
      starting.show('');
      const press = (key: string) =>
        controls.press(key).catch((error: unknown) => {
          onTrouble(error);
          return false;
        });
      try {
        desk.open(desk.exercise).catch(onTrouble);
        const onScreen = process.stdout.isTTY && process.stdin.isTTY && !plain;
        if (onScreen) {
          const { showOnScreen } = await import('../learn/ink-screen.ts'); // a screen takes a quarter of a second to load
          await showOnScreen(desk, press, process.env['NO_COLOR'] === undefined || process.env['NO_COLOR'] === '');
        } else await showAsLines(desk, { press, isTyping: () => controls.isTyping, settled: () => controls.settled() }, say);
      } finally {
        controls.close();
        lessons.close();
        await files.close();
        await desk.close();
      }
      return 0;
    }),
  );
