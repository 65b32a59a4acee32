import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Exercise } from '../course/exercise.ts';
import type { OpenDevice } from '../device/device.ts';
import { BoxedSubject, BoxKeeper } from '../subject/boxed.ts';
import type { LearnerModule } from '../subject/module.ts';
import type { Watchdog } from '../subject/watchdog.ts';
import type { TimeAllowance } from '../subject/limits.ts';
import type { Subject } from '../subject/subject.ts';
import type { Oracle } from './oracle.ts';
import type { Lesson, Session } from './session.ts';
import { SpecifiedSubject } from './specified-subject.ts';

/** Somebody in the learner's place, and how to reach them. */
export interface Examinee {
  readonly variant: string;
  open(): Promise<Subject>;
  takePrinted(): string;
}

let keeper: BoxKeeper | undefined;
let watchdog: Watchdog | undefined;
let opened: Promise<OpenDevice> | undefined;

/** Everybody to be examined in a check of an exercise in this run; empty where the submission has no file for it. */
export function examinees(session: Session | Lesson, exercise: Exercise, check: string, oracle: Oracle): Examinee[] {
  if (session.mode === 'learn') return [inProcess(exercise)];
  return session.variants.flatMap((variant) => {
    if (variant.kind === 'misconceptions') return Object.keys(oracle.misconceptions).map((id) => specified(session, oracle, id));
    const module = variant.check === undefined || variant.check === check ? variant.modules[exercise.id] : undefined;
    return module === undefined ? [] : [boxed(session, variant.id, module, exercise)];
  });
}

function inProcess(exercise: Exercise): Examinee {
  return {
    variant: 'learner',
    takePrinted: () => '', // it goes to the learner's own screen
    open: async () => {
      const [{ InProcessSubject }, { Watchdog }] = await Promise.all([
        import('../subject/in-process.ts'),
        import('../subject/watchdog.ts'),
      ]);
      watchdog ??= new Watchdog();
      opened ??= openChosen();
      const file = pathToFileURL(join(exercise.folder, exercise.files[0] as string)).href;
      const exports = (await watchdog.watch(() => import(file))) as Record<string, unknown>;
      return new InProcessSubject(await opened, exercise.id, exports, watchdog, timeOf(exercise));
    },
  };
}

/** Loaded in learning alone: the judge has no device. */
async function openChosen(): Promise<OpenDevice> {
  const [{ chooseDevice }, { openDevice }] = await Promise.all([import('../device/probe.ts'), import('../device/open.ts')]);
  return openDevice((await chooseDevice()).name);
}

/** The kit's own passes in a box of their own, to race against; absent where this run does not race the exercise. */
export function openRival(session: Session | Lesson, exercise: Exercise): Rival | undefined {
  const module = session.mode === 'grade' ? session.rivals[exercise.id] : undefined;
  if (module === undefined || session.mode !== 'grade') return undefined;
  const own = new BoxKeeper(session.outfit);
  return { subject: new BoxedSubject(session.device, own, module, timeOf(exercise)), close: () => own.close() };
}

export interface Rival {
  readonly subject: Subject;
  close(): Promise<void>;
}

function boxed(session: Session, variant: string, module: LearnerModule, exercise: Exercise): Examinee {
  keeper ??= new BoxKeeper(session.outfit);
  const box = keeper;
  return {
    variant,
    takePrinted: () => box.takePrinted(),
    open: async () => new BoxedSubject(session.device, box, module, timeOf(exercise)),
  };
}

/** The time that an exercise asks for, where it needs more than the usual. */
function timeOf({ time }: Exercise): TimeAllowance | undefined {
  return time === undefined ? undefined : { requestMs: 1000 * time.callSeconds, exerciseMs: 1000 * time.exerciseSeconds };
}

function specified(session: Session, oracle: Oracle, misconception: string): Examinee {
  return {
    variant: `misconception:${misconception}`,
    takePrinted: () => '',
    open: async () => new SpecifiedSubject(session.device, oracle, misconception),
  };
}
