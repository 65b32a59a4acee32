import { existsSync, readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';

import type { Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { stubPaths } from '../course/places.ts';
import type { DeviceReport } from '../result/device.ts';
import type { CheckRecord } from '../run/check-record.ts';
import { UserError } from '../errors.ts';
import { compileExercise } from '../run/exercise-module.ts';
import type { Practice } from '../run/practice.ts';
import { currentExercise } from './current.ts';
import { notePassed } from './ledger.ts';
import { readProgress, writeProgress, type Progress } from './progress-file.ts';
import type { Panel, View } from './screen.ts';
import type { TypeChecker, TypeError } from './type-check.ts';
import { judge, type Verdict } from './verdict.ts';

/** What a desk works with. */
export interface Tools {
  readonly course: Course;
  readonly device: DeviceReport;
  readonly practice: Practice;
  readonly types: TypeChecker;
  /** Called when progress has been kept. */
  readonly onKept?: () => void;
  /** Called with what goes wrong where nobody waits for it. */
  readonly onTrouble: (error: unknown) => void;
}

/** The learner's place of work: one exercise lies open, its file is checked when it is saved, and progress is kept. It draws nothing by itself. */
export class Desk {
  readonly #tools: Tools;
  readonly #listeners = new Set<() => void>();
  #progress: Progress;
  #exercise: Exercise;
  #verdict: Verdict | undefined;
  #files: Readonly<Record<string, string>> = {};
  #types: readonly TypeError[] = [];
  #startedAt: number | undefined;
  #tookMs: number | undefined;
  /** Counts saves: what an earlier one finds is no longer of interest. */
  #save = 0;
  /** The save that the verdict is of. */
  #judged = 0;
  #settled: Promise<void> = Promise.resolve();
  panel: Panel | undefined;
  notice: string | undefined;

  /** `wanted`: an exercise by its number or id; see `currentExercise`. */
  constructor(tools: Tools, wanted?: string) {
    this.#tools = tools;
    this.#progress = readProgress(tools.course.root);
    this.#exercise = currentExercise(tools.course, this.#progress, wanted);
  }

  get exercise(): Exercise {
    return this.#exercise;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Counts saves, so that two equal verdicts can be told apart. */
  get save(): number {
    return this.#save;
  }

  get verdict(): Verdict | undefined {
    return this.#verdict;
  }

  /** The learner's files of the open exercise, absolute; the first holds the passes. */
  get paths(): string[] {
    return stubPaths(this.#exercise);
  }

  get view(): View {
    const { course, device } = this.#tools;
    const count = (exercises: readonly Exercise[]) => ({
      done: exercises.filter(({ id }) => this.#progress.passed[id] !== undefined).length,
      of: exercises.length,
    });
    const path = this.paths[0] as string;
    return {
      exercise: this.#exercise,
      file: { path, shown: relative(course.root, path) },
      device,
      unit: count(course.exercises.filter(({ unit }) => unit === this.#exercise.unit)),
      course: count(course.exercises),
      verdict: this.#verdict,
      isStale: this.#verdict !== undefined && this.#judged !== this.#save,
      runningS: this.#startedAt === undefined ? undefined : (performance.now() - this.#startedAt) / 1000,
      tookMs: this.#tookMs,
      types: this.#types,
      files: this.#files,
      panel: this.panel,
      notice: this.notice,
    };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Puts another exercise on the desk and checks it. */
  open(exercise: Exercise): Promise<void> {
    this.#settled = this.#open(exercise);
    return this.#settled;
  }

  async #open(exercise: Exercise): Promise<void> {
    this.#save++;
    this.#exercise = exercise;
    this.#verdict = undefined;
    this.#types = [];
    this.#tookMs = undefined;
    this.panel = this.notice = undefined;
    await this.keep({ ...this.#progress, current: exercise.id });
    await this.#check();
  }

  /** The exercise so many places further; the same where there is none. */
  neighbour(steps: number): Exercise {
    const { exercises } = this.#tools.course;
    const at = exercises.findIndex(({ id }) => id === this.#exercise.id);
    return exercises[Math.max(0, Math.min(exercises.length - 1, at + steps))] as Exercise;
  }

  /** Checks the files as they are now; an earlier check that still runs is ended. */
  check(): Promise<void> {
    this.#settled = this.#check();
    return this.#settled;
  }

  /** Once the last check has ended, and with it all that is said of it. */
  settled(): Promise<void> {
    return this.#settled;
  }

  /** True where a file is not what was checked last. One that is empty or gone may be on its way: it counts once nothing more can come. */
  isChanged({ final }: { final: boolean }): boolean {
    return this.paths.some((path) => {
      const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
      return (text !== '' || final) && text !== this.#files[basename(path)];
    });
  }

  #readFiles(): Record<string, string> {
    return Object.fromEntries(this.paths.map((path) => [basename(path), readLearnersFile(path, this.#exercise)]));
  }

  async #check(): Promise<void> {
    const save = ++this.#save;
    const exercise = this.#exercise;
    const started = performance.now();
    const failedLast = this.#verdict?.first?.check;
    const records: CheckRecord[] = [];
    const current = () => save === this.#save;
    this.#files = this.#readFiles();
    this.#startedAt = started;
    this.changed();
    const module = await compileExercise(exercise, { key: exercise.id, entry: exercise.files[0] as string, files: this.#files });
    const run = await this.#tools.practice.check(exercise, module, failedLast, {
      onRecord: (record) => {
        if (!current()) return;
        records.push(record);
        const { complete, isCutShort } = this.#judge(exercise, records);
        if (isCutShort) this.#tools.practice.stop();
        if (complete || isCutShort) this.#finish(started);
        this.changed();
      },
    });
    if (!current()) return;
    if (run !== 'stopped') {
      for (const error of run.errors) this.#tools.onTrouble(new Error(error));
      await this.#remember(exercise, this.#judge(exercise, run.records));
    }
    this.#finish(started);
    this.changed();
    this.#tools.practice.prepare(exercise).catch(this.#tools.onTrouble); // the next check says it as well
    const types = await this.#tools.types.check(this.paths);
    if (!current()) return;
    this.#types = types;
    this.changed();
  }

  #judge(exercise: Exercise, records: readonly CheckRecord[]): Verdict {
    this.#judged = this.#save;
    this.#verdict = judge(exercise, records);
    return this.#verdict;
  }

  #finish(started: number): void {
    if (this.#startedAt === undefined) return;
    this.#startedAt = undefined;
    this.#tookMs = performance.now() - started;
  }

  async #remember(exercise: Exercise, { passed }: Verdict): Promise<void> {
    if (passed) await this.keep(notePassed(this.#progress, exercise));
  }

  async keep(progress: Progress): Promise<void> {
    this.#progress = progress;
    await writeProgress(this.#tools.course.root, progress);
    this.#tools.onKept?.();
  }

  async close(): Promise<void> {
    this.#save++; // what still runs is of no interest any more
    this.#tools.types.close();
    await this.#tools.practice.close();
  }
}

function readLearnersFile(path: string, { id }: Exercise): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserError(`${path} cannot be read; \`npx unroll reset ${id}\` puts it back as it was at the beginning`, { cause });
  }
}
