import { cpus, release, totalmem, type as osType } from 'node:os';

import type { SessionRacing } from '../check/session.ts';
import type { Exercise } from '../course/exercise.ts';
import type { DeviceReport } from '../device/device.ts';
import { resultSchema, type Result } from '../result.ts';
import { describeIsolation } from '../subject/isolation.ts';
import type { Limits } from '../subject/limits.ts';
import { CheckRunner, type OnProgress, type OnRecord } from './run-checks.ts';
import { addTallies, scoreExercise } from './score.ts';
import { freshSeed } from './seed.ts';
import { readSubmission } from './submission.ts';
import { kitVersion } from '../version.ts';

export interface GradeOptions {
  readonly exercises: readonly Exercise[];
  readonly device: DeviceReport;
  /** Decides every drawn input; fresh where none is named, so that a seed cannot be learned by heart. */
  readonly seed?: string;
  readonly races?: boolean;
  readonly limits?: Partial<Limits>;
  /** Cuts training short. */
  readonly reduced?: boolean;
  /** These checks alone, by id. */
  readonly checks?: readonly string[];
  readonly racing?: SessionRacing;
  readonly onRecord?: OnRecord;
  readonly onProgress?: OnProgress;
}

/** A judge that grades one submission after the other. */
export class Grader {
  readonly #runner: CheckRunner;

  private constructor(runner: CheckRunner) {
    this.#runner = runner;
  }

  static async start(): Promise<Grader> {
    return new Grader(await CheckRunner.start());
  }

  /** Grades one submission's folder. Throws `UserError` where there is nothing to grade. */
  async grade(folder: string, options: GradeOptions): Promise<Result> {
    const { device, seed = freshSeed(), races = true, limits = {}, reduced = false, checks, racing, onRecord, onProgress } = options;
    const exercises = checks === undefined ? options.exercises : options.exercises.map((exercise) => withChecks(exercise, checks));
    const startedAt = new Date();
    const submission = readSubmission(folder, exercises);
    const plan = {
      device,
      seed,
      races,
      limits,
      reduced,
      ...(checks === undefined ? {} : { checks }),
      ...(racing === undefined ? {} : { racing }),
      variants: [{ id: 'submission', modules: submission.modules }],
    };
    const handedIn = exercises.filter(({ id }) => submission.modules[id] !== undefined);
    const run = handedIn.length === 0 ? { records: [], errors: [] } : await this.#runner.run(plan, handedIn, onRecord, onProgress);
    const graded = exercises.map((exercise) => scoreExercise(exercise, submission, run));
    return resultSchema.parse({
      schema: 'unroll/result/v1',
      kit: { version: kitVersion },
      submission: { name: submission.name, sha256: submission.sha256 },
      seed,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      machine: describeMachine(),
      device: { name: device.name, kind: device.kind, version: device.version, reason: device.reason },
      isolation: describeIsolation(),
      points: addTallies(graded.map(({ points }) => points)),
      exercises: graded,
      notes: [...submission.notes, ...run.errors.map((error) => `the judge: ${error}`)],
    } satisfies Result);
  }

  async close(): Promise<void> {
    await this.#runner.close();
  }
}

/** The exercise as if it had these checks alone, so that the others are neither run nor missed. */
function withChecks(exercise: Exercise, wanted: readonly string[]): Exercise {
  return { ...exercise, checks: Object.fromEntries(Object.entries(exercise.checks).filter(([id]) => wanted.includes(id))) };
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
