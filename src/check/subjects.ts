import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Exercise } from '../course/exercise.ts';
import { openDevice } from '../device/open.ts';
import { chooseDevice } from '../device/probe.ts';
import { BoxedSubject, BoxKeeper } from '../subject/boxed.ts';
import { InProcessSubject } from '../subject/in-process.ts';
import { limitsFor } from '../subject/limits.ts';
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
let opened: Promise<Awaited<ReturnType<typeof openDevice>>> | undefined;

/** Everybody to be examined on an exercise in this run; empty where the submission has no file for it. */
export function examinees(session: Session | Lesson, exercise: Exercise, oracle: Oracle): Examinee[] {
  if (session.mode === 'learn') return [inProcess(exercise)];
  return session.variants.flatMap((variant) => {
    if (variant.kind === 'misconceptions') return Object.keys(oracle.misconceptions).map((id) => specified(session, oracle, id));
    const module = variant.modules[exercise.id];
    return module === undefined ? [] : [boxed(session, variant.id, module)];
  });
}

function inProcess(exercise: Exercise): Examinee {
  return {
    variant: 'learner',
    takePrinted: () => '', // it goes to the learner's own screen
    open: async () => {
      opened ??= chooseDevice().then(({ name }) => openDevice(name));
      const exports = (await import(pathToFileURL(join(exercise.folder, exercise.files[0] as string)).href)) as Record<string, unknown>;
      return new InProcessSubject(await opened, exercise.id, exports);
    },
  };
}

function boxed(session: Session, variant: string, module: Parameters<BoxKeeper['ask']>[0]): Examinee {
  keeper ??= new BoxKeeper(session.device.name, { ...limitsFor(session.device.kind), ...session.limits });
  const box = keeper;
  return { variant, takePrinted: () => box.takePrinted(), open: async () => new BoxedSubject(session.device, box, module) };
}

function specified(session: Session, oracle: Oracle, misconception: string): Examinee {
  return {
    variant: `misconception:${misconception}`,
    takePrinted: () => '',
    open: async () => new SpecifiedSubject(session.device, oracle, misconception),
  };
}
