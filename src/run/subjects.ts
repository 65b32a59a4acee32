import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { BoxedSubject } from '../box/boxed-subject.ts';
import type { LearnerModule } from '../compile/learner.ts';
import { BoxKeeper } from '../box/keeper.ts';
import { KitBox } from '../box/kit-box.ts';
import type { TimeAllowance } from '../box/limits.ts';
import type { Oracle } from '../check/oracle.ts';
import type { ReferencePasses } from '../check/setting.ts';
import { SpecifiedSubject } from '../check/specified-subject.ts';
import type { Exercise } from '../course/exercise.ts';
import type { OpenDevice } from '../device/device.ts';
import type { InProcessSubject } from '../driver/in-process.ts';
import type { Watchdog } from '../driver/watchdog.ts';
import type { Awaited } from './awaited.ts';
import { NotApplicable, SubjectFailure, type Replayer, type Subject } from '../wire/subject.ts';
import { messageOf } from '../errors.ts';
import { compileExercise, readSolution, readStub } from './exercise-module.ts';
import type { AnySession, Compiled, PractiseSession, Session } from './session.ts';

/** A subject to be put through a check, and how to reach it. */
export interface SubjectUnderCheck {
  readonly variant: string;
  open(): Promise<Subject>;
  /** Where its kernel traces are replayed: in the kit's own box, or beside it in learning. */
  readonly openReplayer: (opened: Subject) => Replayer;
  /** The kit's own solution in its place, to be put through the same check, where there may be a question who is at fault. */
  readonly openSolution?: () => Promise<{ readonly subject: Subject; close(): Promise<void> }>;
  takePrinted(): Promise<string>;
}

let keeper: BoxKeeper | undefined;
let kitBox: KitBox | undefined;
let watchdog: Watchdog | undefined;
let opened: Promise<OpenDevice> | undefined;

/** All subjects of a check of an exercise in this run; empty where the submission has no file for it. */
export function subjectsOf(
  session: Exclude<AnySession, PractiseSession>,
  exercise: Exercise,
  check: string,
  oracle: Oracle,
): SubjectUnderCheck[] {
  if (session.mode === 'learn') return [inProcess(exercise)];
  return session.compiled.variants.flatMap((variant) => {
    if (variant === 'misconceptions') return Object.keys(oracle.misconceptions).map((id) => specified(session, oracle, id));
    const module = variant.check === undefined || variant.check === check ? variant.modules[exercise.id] : undefined;
    return module === undefined ? [] : [boxed(session, variant.id, async () => module, exercise)];
  });
}

function inProcess(exercise: Exercise): SubjectUnderCheck {
  return {
    variant: 'learner',
    openReplayer: (opened) => opened as InProcessSubject,
    takePrinted: async () => '', // it goes to the learner's own screen
    open: async () => {
      const [{ InProcessSubject }, { Watchdog }] = await Promise.all([import('../driver/in-process.ts'), import('../driver/watchdog.ts')]);
      watchdog ??= new Watchdog();
      opened ??= openChosen();
      const file = pathToFileURL(join(exercise.folder, exercise.files[0] as string)).href;
      const exports = (await watchdog.watch(() => import(file)).catch((thrown: unknown) => explainLoading(exercise, thrown))) as Record<
        string,
        unknown
      >;
      return new InProcessSubject(await opened, exercise.id, exports, watchdog, timeOf(exercise)?.requestMs);
    },
  };
}

/** Says of a file that vitest could not load what a grader would say of it. */
async function explainLoading(exercise: Exercise, thrown: unknown): Promise<never> {
  const module = await compileExercise(exercise, readStub(exercise));
  const why = 'broken' in module ? module.broken : `the file throws when it is imported: ${messageOf(thrown)}`;
  throw new SubjectFailure('does-not-load', why, { cause: thrown });
}

/** Loaded in learning alone: the grader has no device. */
async function openChosen(): Promise<OpenDevice> {
  const [{ chooseDevice }, { openDevice }] = await Promise.all([import('../device/probe.ts'), import('../device/open.ts')]);
  return openDevice((await chooseDevice()).name);
}

/** The kit's own passes in a box of their own, to race against; absent where this run does not race the exercise. */
export function openReferencePasses(session: AnySession, exercise: Exercise): ReferencePasses | undefined {
  if (session.mode === 'learn') return undefined;
  const { plan, compiled } = session;
  const module = compiled.referencePasses[exercise.id];
  if (module === undefined) return undefined;
  const own = new BoxKeeper(compiled.box);
  return { subject: new BoxedSubject(plan.device, own, module, timeOf(exercise)), close: () => own.close() };
}

/** The learner's code of a run that was begun before it was saved; the boxes are opened ahead of it. */
export function practised(session: PractiseSession, exercise: Exercise, awaited: Awaited): SubjectUnderCheck {
  const readModule = async () => (await awaited.order)?.module ?? { key: exercise.id, broken: 'the checks were ended' };
  const subject = boxed(session, 'learner', readModule, exercise);
  kitBox ??= new KitBox(session.compiled.box);
  awaited.onStop(() => void closeSubjects());
  void openAhead(awaited);
  return subject;
}

/** A box that does not open here says why when it is asked for. */
async function openAhead(awaited: Awaited): Promise<void> {
  await Promise.allSettled([keeper?.open(), kitBox?.open()]);
  awaited.tell('ready');
}

type Boxing = Pick<Session, 'plan' | 'compiled'>;

function boxed(
  { plan, compiled }: Boxing,
  variant: string,
  readModule: () => Promise<LearnerModule>,
  exercise: Exercise,
): SubjectUnderCheck {
  keeper ??= new BoxKeeper(compiled.box, plan.strangers ? countModules(compiled) : undefined);
  const box = keeper;
  return {
    variant,
    openReplayer: () => (kitBox ??= new KitBox(compiled.box)),
    takePrinted: () => box.takePrinted(),
    open: async () => new BoxedSubject(plan.device, box, await readModule(), timeOf(exercise)),
    openSolution: async () => {
      const { key, ...text } = readSolution(exercise);
      const solution = await compileExercise(exercise, { ...text, key: `kit/${key}` });
      box.pause(); // or what it left running could keep this one from its start
      const own = new BoxKeeper(compiled.box); // its budget is that of one exercise, which bounds how long the question may take
      return {
        subject: new BoxedSubject(plan.device, own, solution, timeOf(exercise)),
        close: () => own.close().finally(() => box.resume()),
      };
    },
  };
}

function countModules({ variants }: Compiled): number {
  return variants.reduce((sum, variant) => sum + (variant === 'misconceptions' ? 0 : Object.keys(variant.modules).length), 0);
}

/** Ends the boxes of this run, once the last of its exercises is through. */
export async function closeSubjects(): Promise<void> {
  const [open, kits] = [keeper, kitBox];
  keeper = kitBox = undefined;
  await Promise.all([open?.close(), kits?.retire()]);
}

/** The time that an exercise asks for, where it needs more than the usual. */
function timeOf({ time }: Exercise): TimeAllowance | undefined {
  return time === undefined ? undefined : { requestMs: 1000 * time.callSeconds, exerciseMs: 1000 * time.exerciseSeconds };
}

function specified({ plan }: Session, oracle: Oracle, misconception: string): SubjectUnderCheck {
  return {
    variant: `misconception:${misconception}`,
    openReplayer: () => {
      throw new NotApplicable('loops have no kernels to replay');
    },
    takePrinted: async () => '',
    open: async () => new SpecifiedSubject(plan.device, oracle, misconception),
  };
}
