import { relative } from 'node:path';
import type { Writable } from 'node:stream';

import type { TestAnnotation } from 'vitest';
import { createVitest, type Reporter, type TestCase, type Vitest } from 'vitest/node';

import type { Outcome } from '../result/evidence.ts';
import { recordOf, type CheckRecord } from './check-record.ts';
import { kitRoot } from '../course/places.ts';
import { compileSession } from './compile-session.ts';
import type { PractiseSession, Session } from './session.ts';
import type { RunPlan, Variant, Watch } from './plan.ts';

/** What one run of the tests said: the records of the checks, and whatever went wrong outside of them. */
export interface CheckRun {
  readonly records: readonly CheckRecord[];
  /** Errors of the grader itself: a test file that does not load, a worker that died. */
  readonly errors: readonly string[];
}

/**
 * vitest on the grader's side, kept warm for many submissions. The learner's code is never loaded here: the tests reach it through a box.
 */
export class CheckRunner {
  readonly #vitest: Vitest;
  readonly #collector: Collector;
  readonly #root: string;

  private constructor(vitest: Vitest, collector: Collector, root: string) {
    this.#vitest = vitest;
    this.#collector = collector;
    this.#root = root;
  }

  /** Starts vitest over the tests of a course. What it has to say by itself goes to `output`, or to this process's own where there is none. */
  static async start(output?: Writable, root = kitRoot): Promise<CheckRunner> {
    const collector = new Collector();
    const vitest = await createVitest(
      'test',
      {
        root,
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
      },
      {},
      output === undefined ? {} : { stdout: output, stderr: output },
    );
    await vitest.standalone();
    return new CheckRunner(vitest, collector, root);
  }

  /** Runs the checks of a plan with each variant in the learner's place. */
  async run(plan: RunPlan, variants: readonly Variant[], watch: Watch = {}): Promise<CheckRun> {
    return this.runSession(await compileSession(plan, variants), watch);
  }

  async runSession(session: Session | PractiseSession, watch: Watch = {}): Promise<CheckRun> {
    const { plan } = session;
    this.#collector.reset(watch);
    this.#vitest.provide('unroll', session);
    const wanted = new Set(plan.exercises.map((exercise) => exercise.id));
    const specifications = await this.#vitest.globTestSpecifications();
    const chosen = specifications.filter(({ moduleId }) => wanted.has(relative(this.#root, moduleId).split(/[/\\]/)[1] ?? ''));
    await this.#vitest.runTestSpecifications(chosen, false);
    return this.#collector.take();
  }

  async close(): Promise<void> {
    await this.#vitest.close();
  }
}

/** How a test ends in vitest that left a record with this outcome. */
function stateAfter({ status }: Outcome): 'passed' | 'failed' | 'skipped' {
  if (status === 'pass') return 'passed';
  return status === 'fail' || status === 'ungraded' ? 'failed' : 'skipped';
}

/** Turns finished tests into records. A test without a record, or with one that vitest does not confirm, is an error, never a pass. */
export class Collector implements Reporter {
  #records: CheckRecord[] = [];
  #errors: string[] = [];
  #watch: Watch = {};

  reset(watch: Watch = {}): void {
    this.#records = [];
    this.#errors = [];
    this.#watch = watch;
  }

  take(): CheckRun {
    return { records: this.#records, errors: this.#errors };
  }

  onTestCaseAnnotate(_testCase: TestCase, { type, message }: TestAnnotation): void {
    if (type === 'progress') this.#watch.onProgress?.(message);
  }

  onTestCaseResult(testCase: TestCase): void {
    const record = recordOf(testCase.meta());
    const { state, errors } = testCase.result();
    const agrees = record !== undefined && state === stateAfter(record.evidence.outcome);
    if (!agrees) {
      this.#errors.push(
        `${testCase.name}: vitest says ${state} and the check says ${record?.evidence.outcome.status ?? 'nothing'} (${errors?.[0]?.message ?? 'no error'})`,
      );
      return;
    }
    this.#records.push(record);
    this.#watch.onRecord?.(record);
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
