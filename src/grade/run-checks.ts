import { relative } from 'node:path';

import type { TestAnnotation } from 'vitest';
import { createVitest, type Reporter, type TestCase, type Vitest } from 'vitest/node';

import { recordOf, type CheckRecord } from '../check/record.ts';
import { kitRoot } from '../course/places.ts';
import type { Exercise } from '../course/exercise.ts';
import { prepareSession, type CheckPlan } from './session.ts';

/** What one run of the tests said: the records of the checks, and whatever went wrong outside of them. */
export interface CheckRun {
  readonly records: readonly CheckRecord[];
  /** Errors of the judge itself: a test file that does not load, a worker that died. */
  readonly errors: readonly string[];
}

/** Called with each check as it ends, for progress. */
export type OnRecord = (record: CheckRecord) => void;

/** Called now and then during a check that takes long, with how far it has come. */
export type OnProgress = (text: string) => void;

/**
 * vitest on the judge's side, kept warm for many submissions. The learner's code is never loaded here: the tests reach it through a box.
 */
export class CheckRunner {
  readonly #vitest: Vitest;
  readonly #collector: Collector;

  private constructor(vitest: Vitest, collector: Collector) {
    this.#vitest = vitest;
    this.#collector = collector;
  }

  static async start(): Promise<CheckRunner> {
    const collector = new Collector();
    const vitest = await createVitest('test', {
      root: kitRoot,
      config: false,
      watch: false,
      include: ['exercises/*/*.test.ts'],
      reporters: [collector],
      pool: 'threads', // no native library is loaded on this side, so the lightest worker will do
      maxWorkers: 1,
      fileParallelism: false,
      isolate: false, // one worker, and so one box, for all exercises of a submission
      passWithNoTests: false,
      allowOnly: false,
      testTimeout: 0,
      retry: 0,
    });
    await vitest.standalone();
    return new CheckRunner(vitest, collector);
  }

  /** Runs the checks of these exercises against everybody in the plan. */
  async run(
    plan: CheckPlan,
    exercises: readonly Exercise[],
    onRecord: OnRecord = () => undefined,
    onProgress: OnProgress = () => undefined,
  ): Promise<CheckRun> {
    this.#collector.reset(onRecord, onProgress);
    this.#vitest.provide('unroll', await prepareSession(plan, exercises));
    const wanted = new Set(exercises.map((exercise) => exercise.id));
    const specifications = await this.#vitest.globTestSpecifications();
    const chosen = specifications.filter(({ moduleId }) => wanted.has(relative(kitRoot, moduleId).split(/[/\\]/)[1] ?? ''));
    await this.#vitest.runTestSpecifications(chosen, false);
    return this.#collector.take();
  }

  async close(): Promise<void> {
    await this.#vitest.close();
  }
}

/** How a test ends in vitest that left a record with this outcome. */
function stateAfter({ status }: CheckRecord['outcome']): 'passed' | 'failed' | 'skipped' {
  if (status === 'pass') return 'passed';
  return status === 'fail' || status === 'ungraded' ? 'failed' : 'skipped';
}

/** Turns finished tests into records. A test without a record, or with one that vitest does not confirm, is an error, never a pass. */
export class Collector implements Reporter {
  #records: CheckRecord[] = [];
  #errors: string[] = [];
  #onRecord: OnRecord = () => undefined;
  #onProgress: OnProgress = () => undefined;

  reset(onRecord: OnRecord, onProgress: OnProgress = () => undefined): void {
    [this.#records, this.#errors, this.#onRecord, this.#onProgress] = [[], [], onRecord, onProgress];
  }

  take(): CheckRun {
    return { records: this.#records, errors: this.#errors };
  }

  onTestCaseAnnotate(_testCase: TestCase, { type, message }: TestAnnotation): void {
    if (type === 'progress') this.#onProgress(message);
  }

  onTestCaseResult(testCase: TestCase): void {
    const record = recordOf(testCase.meta());
    const { state, errors } = testCase.result();
    const agrees = record !== undefined && state === stateAfter(record.outcome);
    if (!agrees) {
      this.#errors.push(
        `${testCase.name}: vitest says ${state} and the check says ${record?.outcome.status ?? 'nothing'} (${errors?.[0]?.message ?? 'no error'})`,
      );
      return;
    }
    this.#records.push(record);
    this.#onRecord(record);
  }

  onTestRunEnd(
    modules: Parameters<NonNullable<Reporter['onTestRunEnd']>>[0],
    unhandled: Parameters<NonNullable<Reporter['onTestRunEnd']>>[1],
  ): void {
    for (const module of modules)
      this.#errors.push(...module.errors().map((error) => `${module.moduleId.split('/').at(-1)}: ${error.message}`));
    this.#errors.push(...unhandled.map((error) => error.message));
  }
}
