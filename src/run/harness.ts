import { writeSync } from 'node:fs';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';

import { afterAll, beforeAll, test } from 'vitest';

import { BoxError } from '../box/box.ts';
import { Examination } from '../check/examination.ts';
import { CheckFailure, NotMeasured } from '../check/failure.ts';
import type { Oracle, Specification } from '../check/oracle.ts';
import { Random } from '../check/random.ts';
import type { Progress } from '../check/setting.ts';
import { readExercise } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { selectChecks } from '../course/select.ts';
import { messageOf } from '../errors.ts';
import type { Detail, Outcome } from '../result/evidence.ts';
import { longestMessage } from '../result/lengths.ts';
import { ProgressLine, renderBar } from '../terminal/progress.ts';
import { NotApplicable, SubjectFailure, type Replayer, type Subject } from '../wire/subject.ts';
import { attachRecord, type CheckRecord } from './check-record.ts';
import { seedOf } from './seed.ts';
import { Awaited } from './awaited.ts';
import { readSession, type AnySession } from './session.ts';
import { closeSubjects, openReferencePasses, practised, subjectsOf, type SubjectUnderCheck } from './subjects.ts';
import { whoseFault } from './whose-fault.ts';

type Specifications = Record<string, Specification>;
type Body<Passes extends Specifications = Specifications> = (examination: Examination<Passes>) => Promise<void>;

/**
 * Opens an exercise's checks: `const check = exerciseChecks(import.meta.dirname, oracle)`. Each `check(id, body)` becomes one vitest
 * test for each subject of this run; its title, points and advice stand in exercise.yaml under the same id.
 */
export function exerciseChecks<Passes extends Specifications>(folder: string, oracle: Oracle<Passes>) {
  const session = readSession();
  const exercise = exerciseOf(session, folder);
  const untyped = oracle as unknown as Oracle;
  const awaited = session.mode === 'practise' ? new Awaited(session.channel) : undefined;
  if (awaited !== undefined)
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the pattern to see which fixtures are wanted
    beforeAll(async ({}, { tasks }) => {
      const first = (await awaited.order)?.first;
      tasks.sort((a, b) => Number(b.name === first) - Number(a.name === first));
    }, 0 /* the learner takes as long as they take */);
  afterAll(async () => {
    await endExercise(session, exercise.id);
    awaited?.close();
  });
  const chosen = session.mode === 'learn' ? exercise : selectChecks(exercise, session.plan.checks);
  const practisedOne = session.mode === 'practise' ? practised(session, exercise, awaited as Awaited) : undefined;
  return (id: string, body: Body<Passes>): void => {
    const known = exercise.checks[id];
    if (known === undefined) throw new Error(`${exercise.id}: exercise.yaml has no check named ${id}`);
    if (chosen.checks[id] === undefined) return;
    const subjects = session.mode === 'practise' ? [practisedOne as SubjectUnderCheck] : subjectsOf(session, exercise, id, untyped);
    for (const subject of subjects) {
      const name = { learn: `${id}: ${known.title}`, practise: id, grade: `${subject.variant} ${id}` }[session.mode];
      // oxlint-disable-next-line vitest/expect-expect -- the body asserts through the examination
      test(
        name, // oxlint-disable-line vitest/valid-title
        { timeout: 0 /* the subject has limits of its own, and races take as long as they take */ },
        async ({ task, skip, annotate }) => {
          const progress: Progress =
            session.mode === 'learn' ? showBar() : (done, of, what) => void annotate(`${what} ${done} of ${of}`, 'progress');
          if (awaited?.isStopped === true) skip();
          const record = await runCheck(session, exercise, id, subject, untyped, body as unknown as Body, progress);
          attachRecord(task.meta, record);
          awaited?.tell(record);
          const { outcome } = record.evidence;
          if (outcome.status === 'pass') return;
          if (outcome.status === 'fail') throw new LearnersFailure(outcome.message);
          if (outcome.status === 'ungraded') throw new Error(outcome.reason);
          skip(outcome.reason);
        },
      );
    }
  };
}

const ended = new Set<string>();

/** Test files run one after the other in one process: the last one ends what they share. */
async function endExercise(session: AnySession, id: string): Promise<void> {
  ended.add(id);
  if (session.mode === 'learn' || session.plan.exercises.some((exercise) => !ended.has(exercise.id))) return;
  ended.clear();
  await closeSubjects();
}

/** A bar on the learner's screen for work that takes a minute. vitest holds back what a test prints until the test ends, so it is written past it. */
function showBar(): Progress {
  const shown = new ProgressLine({ write: (text) => writeSync(2, text), isTTY: true });
  return (done, of, what) => (done === of ? shown.line(renderBar(done, of, what)) : shown.show(renderBar(done, of, what)));
}

/** The grader has read the exercise already; a learner's own vitest reads it here. */
function exerciseOf(session: AnySession, folder: string): Exercise {
  if (session.mode === 'learn') return readExercise(folder);
  const exercise = session.plan.exercises.find(({ id }) => id === basename(folder));
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

async function runCheck(
  session: AnySession,
  exercise: Exercise,
  check: string,
  subject: SubjectUnderCheck,
  oracle: Oracle,
  body: Body,
  progress: Progress,
): Promise<CheckRecord> {
  const { seed, reduced, racing } = session.plan;
  const examine = (opened: Subject, told: Progress, openReplayer: () => Replayer) => {
    const setting = { reduced, racing, progress: told, openReplayer, openReferencePasses: () => openReferencePasses(session, exercise) };
    return new Examination(exercise, opened, new Random(seedOf(seed, exercise.id), `${exercise.id}/${check}`), oracle, setting);
  };
  const start = performance.now();
  let examination: Examination | undefined;
  let outcome: Outcome = { status: 'pass' };
  let applies = true;
  try {
    const opened = await subject.open();
    examination = examine(opened, progress, () => subject.openReplayer(opened));
    await body(examination);
  } catch (thrown) {
    const error = await whoseFault(thrown, subject, (solution, replayer) => body(examine(solution, () => undefined, replayer)));
    outcome = outcomeOf(error, exercise, check, oracle, examination);
    applies = !(error instanceof NotApplicable);
  }
  return {
    exercise: exercise.id,
    variant: subject.variant,
    check,
    evidence: { outcome, durationMs: performance.now() - start, ...examination?.noted },
    applies,
    printed: await subject.takePrinted(),
  };
}

/** What ended a check, as its outcome: the learner's failure, the machine's limits, or a defect of the kit. */
function outcomeOf(error: unknown, { checks }: Exercise, check: string, oracle: Oracle, examination: Examination | undefined): Outcome {
  if (error instanceof NotApplicable || error instanceof NotMeasured) return { status: 'not-measured', reason: cut(error.message) };
  const lookAt = checks[check]?.lookAt ?? '';
  const call = examination?.lastCall;
  if (error instanceof SubjectFailure) {
    const advice = error.failureCause === 'threw' ? lookAt : undefined; // where code throws, what to look at helps most
    const message = advice === undefined ? error.message : `${error.message}\n${advice}`;
    return { status: 'fail', cause: error.failureCause, message: cut(message), detail: detailOf(error.message, advice, { call }) };
  }
  if (!(error instanceof CheckFailure))
    return { status: 'ungraded', reason: cut(error instanceof BoxError ? error.message : `a defect of the kit: ${messageOf(error)}`) };
  const misconception = error.misconception ?? examination?.diagnose();
  const named = misconception === undefined ? undefined : oracle.misconceptions[misconception];
  const advice = named === undefined ? lookAt : `This is what you get when ${named.when}. ${named.lookAt}`;
  return {
    status: 'fail',
    cause: error.failureCause,
    message: cut(`${error.message}. ${advice}`.trim()),
    ...(misconception === undefined ? {} : { misconception }),
    detail: detailOf(error.message, advice, { call, mismatch: error.mismatch }),
  };
}

function detailOf(found: string, advice: string | undefined, { call, mismatch }: Pick<Detail, 'call' | 'mismatch'>): Detail {
  return {
    found: cut(found),
    ...(advice === undefined ? {} : { advice: cut(advice) }),
    ...(call === undefined ? {} : { call }),
    ...(mismatch === undefined ? {} : { mismatch }),
  };
}

const cut = (text: string) => text.slice(0, longestMessage);
