import type { Writable } from 'node:stream';
import { cpus, release, totalmem, type as osType } from 'node:os';

import { describeIsolation } from '../box/isolation.ts';
import { selectChecks } from '../course/select.ts';
import type { Path } from '../files.ts';
import { describeDevice } from '../result/device.ts';
import { longestMessage } from '../result/lengths.ts';
import { resultSchema, type Result } from '../result/result.ts';
import type { RunPlan } from '../run/plan.ts';
import { tellSeed } from '../run/seed.ts';
import { questionsAbout } from '../store/question.ts';
import type { VerdictStore } from '../store/store.ts';
import { LocalExecutor, type Executor } from './executor.ts';
import { addCircumstances } from './circumstances.ts';
import { addTallies, scoreExercise } from './score.ts';
import { Marking, type GradeWatch } from './marking.ts';
import { readSubmission } from '../intake/read.ts';
import { kitVersion } from '../version.ts';

export interface GraderOptions {
  /** How many checks may run at once; one where nothing is said. Races have the machine alone. */
  readonly judges?: number;
  /** Where vitest writes what it has to say by itself, which may quote a submission. */
  readonly output?: Writable;
  /** Who answers, where it is not judges of this machine. */
  readonly executor?: Executor;
  /** Verdicts that are known, and where those found are kept; without one all is asked each time. */
  readonly store?: VerdictStore;
}

/** Grades submissions, as many at a time as the caller asks for. */
export class Grader {
  readonly #executor: Executor;
  readonly #store: VerdictStore | undefined;

  constructor({ judges = 1, output, executor = new LocalExecutor(judges, output), store }: GraderOptions = {}) {
    this.#executor = executor;
    this.#store = store;
  }

  /**
   * Grades one submission, a folder or an archive; `name` is what it is called where its path does not say it. Throws `UserError` where there is
   * nothing to grade.
   */
  async grade(path: Path, plan: RunPlan, watch: GradeWatch = {}, name?: string): Promise<Result> {
    const { device, seed } = plan;
    const exercises = plan.exercises.map((exercise) => selectChecks(exercise, plan.checks));
    const startedAt = new Date();
    const isolation = await describeIsolation();
    const submission = await readSubmission({ path, ...(name === undefined ? {} : { name }) }, exercises, isolation.level);
    const place = { level: isolation.level, machine: await this.#executor.machine(plan) };
    const questions = exercises.flatMap((exercise) => {
      const files = submission.modules[exercise.id];
      return files === undefined ? [] : questionsAbout(exercise, files, plan, place);
    });
    const marking = new Marking(this.#executor, this.#store, submission, plan, watch);
    const run = await marking.answer(questions);
    const graded = exercises.map((exercise) => addCircumstances(exercise, scoreExercise(exercise, submission, run, plan.races), seed));
    return resultSchema.parse({
      schema: 'unroll/result/v2',
      kit: { version: kitVersion },
      submission: { name: submission.name, sha256: submission.sha256 },
      ...tellSeed(seed),
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      machine: describeMachine(),
      device: describeDevice(device),
      isolation,
      points: addTallies(graded.map(({ points }) => points)),
      exercises: graded,
      notes: [...submission.notes, ...run.errors.map((error) => `the grader: ${error.slice(0, longestMessage)}`)],
    } satisfies Result);
  }

  /** Ends it, and whatever it is at. */
  async close(): Promise<void> {
    await this.#executor.close();
  }
}

function describeMachine(): Result['machine'] {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    os: `${osType()} ${release()}`,
    node: process.version,
  };
}
