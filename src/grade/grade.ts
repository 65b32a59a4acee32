import type { Writable } from 'node:stream';
import { cpus, release, totalmem, type as osType } from 'node:os';

import { describeIsolation } from '../box/isolation.ts';
import { selectChecks } from '../course/select.ts';
import type { Path } from '../files.ts';
import { describeDevice } from '../result/device.ts';
import { longestMessage } from '../result/evidence.ts';
import { resultSchema, type Result } from '../result/result.ts';
import type { RunPlan, Watch } from '../run/plan.ts';
import { CheckRunner } from '../run/run-checks.ts';
import { tellSeed } from '../run/seed.ts';
import { addCircumstances } from './circumstances.ts';
import { addTallies, scoreExercise } from './score.ts';
import { readSubmission } from '../intake/read.ts';
import { kitVersion } from '../version.ts';

/** Grades one submission after the other. */
export class Grader {
  readonly #runner: CheckRunner;

  private constructor(runner: CheckRunner) {
    this.#runner = runner;
  }

  /** `output` is where vitest writes what it has to say by itself, which may quote a submission. */
  static async start(output?: Writable): Promise<Grader> {
    return new Grader(await CheckRunner.start(output));
  }

  /**
   * Grades one submission, a folder or an archive; `name` is what it is called where its path does not say it. Throws `UserError` where there is
   * nothing to grade.
   */
  async grade(path: Path, plan: RunPlan, watch: Watch = {}, name?: string): Promise<Result> {
    const { device, seed } = plan;
    const exercises = plan.exercises.map((exercise) => selectChecks(exercise, plan.checks));
    const startedAt = new Date();
    const { level } = await describeIsolation();
    const submission = await readSubmission({ path, ...(name === undefined ? {} : { name }) }, exercises, level);
    const handedIn = plan.exercises.filter(({ id }) => submission.modules[id] !== undefined);
    const variants = [{ id: 'submission', modules: submission.modules }];
    const run =
      handedIn.length === 0 ? { records: [], errors: [] } : await this.#runner.run({ ...plan, exercises: handedIn }, variants, watch);
    const graded = exercises.map((exercise) => addCircumstances(exercise, scoreExercise(exercise, submission, run), seed));
    return resultSchema.parse({
      schema: 'unroll/result/v2',
      kit: { version: kitVersion },
      submission: { name: submission.name, sha256: submission.sha256 },
      ...tellSeed(seed),
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      machine: describeMachine(),
      device: describeDevice(device),
      isolation: await describeIsolation(),
      points: addTallies(graded.map(({ points }) => points)),
      exercises: graded,
      notes: [...submission.notes, ...run.errors.map((error) => `the grader: ${error.slice(0, longestMessage)}`)],
    } satisfies Result);
  }

  async close(): Promise<void> {
    await this.#runner.close();
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
