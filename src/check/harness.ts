import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';

import { test } from 'vitest';

import type { Exercise } from '../course/exercise.ts';
import { messageOf } from '../errors.ts';
import { BoxError } from '../subject/box.ts';
import { NotApplicable, SubjectFailure } from '../subject/subject.ts';
import { Examination } from './examination.ts';
import { CheckFailure, NotMeasured } from './failure.ts';
import type { Oracle, Specification } from './oracle.ts';
import { drawProgress } from './progress.ts';
import { Draw } from './random.ts';
import { attachRecord, type CheckRecord } from './record.ts';
import type { Setting } from './setting.ts';
import { readSession, type Lesson, type Session } from './session.ts';
import { examinees, openRival, type Examinee } from './subjects.ts';

const readExercise = readSession().mode === 'learn' ? (await import('../course/course.ts')).readExercise : undefined; // the reader of yaml is not loaded where it is not needed

type Body<Passes extends Record<string, Specification>> = (examination: Examination<Passes>) => Promise<void>;

/**
 * Opens an exercise's checks: `const check = exerciseChecks(import.meta.dirname, oracle)`. Each `check(id, body)` becomes one vitest test for
 * each subject of this run; its title, points and advice stand in exercise.yaml under the same id.
 */
export function exerciseChecks<Passes extends Record<string, Specification>>(folder: string, oracle: Oracle<Passes>) {
  const session = readSession();
  const exercise = exerciseOf(session, folder);
  const untyped = oracle as unknown as Oracle;
  return (id: string, body: Body<Passes>): void => {
    if (session.mode === 'grade' && session.checks !== undefined && !session.checks.includes(id)) return;
    const known = exercise.checks[id];
    if (known === undefined) throw new Error(`${exercise.id}: exercise.yaml has no check named ${id}`);
    for (const examinee of examinees(session, exercise, id, untyped)) {
      const name = session.mode === 'learn' ? `${id}: ${known.title}` : `${examinee.variant} ${id}`;
      // oxlint-disable-next-line vitest/expect-expect -- the body asserts through the examination
      test(
        name, // oxlint-disable-line vitest/valid-title
        { timeout: 0 /* the subject has limits of its own, and races take as long as they take */ },
        async ({ task, skip, annotate }) => {
          const progress =
            session.mode === 'learn'
              ? drawProgress()
              : (done: number, of: number, what: string) => void annotate(`${what} ${done} of ${of}`, 'progress');
          const record = await examine({ exercise, check: id, examinee, oracle: untyped, session, progress }, body as unknown as AnyBody);
          attachRecord(task.meta, record);
          const { outcome } = record;
          if (outcome.status === 'pass') return;
          if (outcome.status === 'fail') throw new LearnersFailure(outcome.message);
          if (outcome.status === 'ungraded') throw new Error(outcome.reason);
          skip(outcome.reason);
        },
      );
    }
  };
}

function racingOf(session: Session | Lesson, exercise: string): Setting['racing'] {
  if (session.mode === 'learn' || session.racing === undefined) return {};
  const { before, ...usual } = session.racing;
  return { ...usual, ...(before?.[exercise] === undefined ? {} : { before: before[exercise] }) };
}

/** The judge has read the exercise already; a learner's own vitest reads it here. */
function exerciseOf(session: Session | Lesson, folder: string): Exercise {
  if (session.mode === 'learn') return (readExercise as NonNullable<typeof readExercise>)(folder);
  const exercise = session.exercises[basename(folder)];
  if (exercise === undefined) throw new Error(`${basename(folder)} is not in this session`);
  return exercise;
}

/** What vitest shows a learner: the sentence, without a stack through the kit. */
class LearnersFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Not yet';
    this.stack = `${this.name}: ${message}`;
  }
}

type AnyBody = Body<Record<string, Specification>>;

interface Occasion {
  readonly exercise: Exercise;
  readonly check: string;
  readonly examinee: Examinee;
  readonly oracle: Oracle;
  readonly session: Session | Lesson;
  readonly progress: Setting['progress'];
}

async function examine(occasion: Occasion, body: AnyBody): Promise<CheckRecord> {
  const { exercise, check, examinee, oracle, session, progress } = occasion;
  const start = performance.now();
  let examination: Examination | undefined;
  let outcome: CheckRecord['outcome'];
  try {
    examination = new Examination(exercise, await examinee.open(), new Draw(session.seed, `${exercise.id}/${check}`), oracle, {
      openRival: () => openRival(session, exercise),
      reduced: session.reduced,
      progress,
      racing: racingOf(session, exercise.id),
    });
    await body(examination);
    outcome = { status: 'pass' };
  } catch (error) {
    outcome = judge(error, occasion, examination);
  }
  const { errorShare, race, figures = [] } = examination ?? {};
  return {
    exercise: exercise.id,
    variant: examinee.variant,
    check,
    outcome,
    durationMs: performance.now() - start,
    printed: examinee.takePrinted(),
    ...(errorShare === undefined ? {} : { errorShare }),
    ...(race === undefined ? {} : { race }),
    ...(figures.length === 0 ? {} : { figures }),
  };
}

function judge(error: unknown, { exercise, check, oracle }: Occasion, examination: Examination | undefined): CheckRecord['outcome'] {
  if (error instanceof NotApplicable) return { status: 'not-applicable', reason: error.message };
  if (error instanceof NotMeasured) return { status: 'not-measured', reason: error.message };
  if (error instanceof SubjectFailure) {
    const advice = error.failureCause === 'threw' ? `\n${exercise.checks[check]?.lookAt ?? ''}` : ''; // where code throws, what to look at helps most
    return { status: 'fail', cause: error.failureCause, message: cut(`${error.message}${advice}`) };
  }
  if (!(error instanceof CheckFailure))
    return { status: 'ungraded', reason: cut(error instanceof BoxError ? error.message : `a defect of the kit: ${messageOf(error)}`) };
  const misconception = error.misconception ?? examination?.diagnose();
  const named = misconception === undefined ? undefined : oracle.misconceptions[misconception];
  const advice = named === undefined ? exercise.checks[check]?.lookAt : `This is what you get when ${named.when}. ${named.lookAt}`;
  return {
    status: 'fail',
    cause: error.failureCause,
    message: cut(`${error.message}. ${advice ?? ''}`.trim()),
    ...(misconception === undefined ? {} : { misconception }),
  };
}

const cut = (text: string) => text.slice(0, 2000); // the longest message of the result's contract
