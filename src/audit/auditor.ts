import { mkdirSync, rmSync } from 'node:fs';
import { arch } from 'node:os';
import { join } from 'node:path';

import { chooseExercises, selectChecks } from '../course/select.ts';
import { readCourse, type Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { UserError } from '../errors.ts';
import { Grader } from '../grade/grade.ts';
import type { DeviceReport } from '../result/device.ts';
import type { Result } from '../result/result.ts';
import { makePlan, type RunPlan } from '../run/plan.ts';
import type { Attack } from './attack.ts';
import { BaitTrap } from './bait.ts';
import { gradeCohort } from './cohort-trial.ts';
import { loadCourse } from './course-trial.ts';
import { countEnds, endsOf, findDifference } from './ends.ts';
import { GrowthWatch, judgeFolders, mostMemoryBytes, type Growth } from './growth.ts';
import { handIn, handInSolution, NotHere } from './hand-in.ts';
import { judgeGrowth, judgeRefusal, judgeResult } from './judgement.ts';
import type { Trial } from './trial.ts';

export const seed = 'audit'; // the same inputs for all: then honest results are equal to the last digit

/** Stricter than usual, so that an audit ends in minutes: a check of a solution takes 0.1 s and half a gibibyte. */
const limits = { requestMs: 4000, exerciseMs: 16_000, memoryBytes: 2 ** 30 };

const mostTries = 3; // of one attack, while the judge's memory grows too much

/** Where and on what attacks are tried. */
export interface AuditSetting {
  readonly device: DeviceReport;
  /** An empty folder; its `tmp` should be the process's temporary folder. */
  readonly folder: string;
}

interface Graded {
  readonly result: Result;
  readonly growth: Growth;
}

/** Tries attacks one after the other in one Grader, with an honest student after each. */
export class Auditor {
  readonly #grader: Grader;
  readonly #setting: AuditSetting;
  readonly #trap: BaitTrap;
  readonly #course: Course;
  readonly #solutions: string;
  /** Honest work by exercises and checks. */
  readonly #honest = new Map<string, Graded>();
  /** The honest student's result alone, and what the last grading of it took. */
  #alone: Graded;
  #count = 0;

  private constructor(grader: Grader, setting: AuditSetting, trap: BaitTrap, alone: Graded) {
    this.#grader = grader;
    this.#setting = setting;
    this.#trap = trap;
    this.#course = readCourse();
    this.#solutions = join(setting.folder, 'honest');
    this.#alone = alone;
  }

  /** Starts a Grader and grades the honest student alone, twice: the first time all is loaded. */
  static async start(setting: AuditSetting): Promise<Auditor> {
    const trap = await BaitTrap.lay(join(setting.folder, 'bait'));
    const grader = new Grader();
    for (const exercise of readCourse().exercises) handInSolution(exercise, join(setting.folder, 'honest'));
    const auditor = new Auditor(grader, setting, trap, { result: {} as Result, growth: { memoryBytes: 0, diskBytes: 0 } });
    await auditor.#gradeHonest();
    auditor.#alone = await auditor.#gradeHonest();
    return auditor;
  }

  async close(): Promise<void> {
    await this.#grader.close();
    this.#trap.close();
    rmSync(this.#setting.folder, { recursive: true, force: true });
  }

  /** Tries one attack, and after it the honest student. */
  async try(attack: Attack): Promise<Trial> {
    if (attack.machine !== undefined && arch() !== attack.machine)
      return { ended: '', problems: [], notMeasured: `its machine code is for ${attack.machine}, and this is ${arch()}` };
    const folder = join(this.#setting.folder, `student-${++this.#count}`);
    mkdirSync(folder, { recursive: true });
    try {
      const trial = await this.#attack(attack, folder);
      if (attack.makes !== 'submission') return trial; // graded by a process of its own, beside honest students of its own
      const { result, growth } = await this.#gradeHonest();
      const difference = findDifference(result, this.#alone.result);
      this.#alone = { ...this.#alone, growth };
      return difference === undefined
        ? trial
        : { ...trial, problems: [...trial.problems, `the honest student after it has ${difference}`], spoiled: true };
    } catch (error) {
      if (error instanceof NotHere) return { ended: '', problems: [], notMeasured: error.message };
      throw error;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #attack(attack: Attack, folder: string): Promise<Trial> {
    const exercises = chooseExercises(this.#course, attack.exercise);
    const plan = this.#planFor(attack, exercises);
    const honest = attack.makes === 'submission' ? await this.#honestFor(plan, exercises) : undefined; // before anything of the attack is made
    await handIn(attack, { folder, exercises, bait: this.#trap.bait });
    if (attack.makes === 'course') return loadCourse(attack, folder);
    if (attack.makes === 'cohort')
      return gradeCohort(attack, folder, { device: this.#setting.device.name, seed, trap: this.#trap, honest: await this.#gradeWhole() });
    return this.#gradeAttacker(attack, folder, plan, honest as Graded);
  }

  async #gradeAttacker(attack: Attack, folder: string, plan: RunPlan, honest: Graded): Promise<Trial> {
    const { graded, growth } = await this.#gradeTillCalm(folder, plan, honest);
    if (graded instanceof UserError) return { ...judgeRefusal(attack, graded), growth };
    if (graded instanceof Error) return { ended: 'no result', problems: [`the judge threw: ${graded.message}`], growth };
    const result = graded as Result;
    const problems = [...(await judgeResult(attack, result, honest.result, this.#trap)), ...judgeGrowth(growth)];
    const ends = endsOf(result.exercises[0] as Result['exercises'][number]);
    const undecided = attack.clock && Object.values(ends).includes('cannot-tell');
    return { ended: countEnds(ends), problems, growth, ...(undecided ? { notMeasured: 'too much noise for the race to tell' } : {}) };
  }

  /**
   * Grades an attacker, and again where memory grew too much: what an attack takes it takes each time, and what the collector let lie it does not.
   * The last grading counts.
   */
  async #gradeTillCalm(folder: string, plan: RunPlan, honest: Graded): Promise<{ graded: unknown; growth: Growth }> {
    for (let tries = 1; ; tries++) {
      const watch = this.#watchGrowth();
      const graded = await this.#grader.grade(folder, plan).catch((error: unknown) => error);
      const growth = beyond(watch.end(), this.#alone.growth, honest.growth);
      if (growth.memoryBytes <= mostMemoryBytes || tries === mostTries) return { graded, growth };
    }
  }

  #planFor(attack: Attack, exercises: readonly Exercise[]): RunPlan {
    const { device } = this.#setting;
    const races = attack.checks?.includes('race') ?? false;
    const [attacked, ...others] = exercises as [Exercise, ...Exercise[]];
    const unknown = (attack.checks ?? []).filter((id) => !Object.hasOwn(attacked.checks, id));
    if (unknown.length > 0)
      throw new UserError(`${attack.id}: ${attacked.id} has no check ${unknown.join(', ')}, so nothing would be tried`);
    const checked = selectChecks(attacked, attack.checks ?? Object.keys(attacked.checks).filter((id) => id !== 'race'));
    const asked = [
      checked,
      ...others.map((exercise) =>
        selectChecks(
          exercise,
          Object.keys(exercise.checks).filter((id) => id !== 'race'),
        ),
      ),
    ];
    const wanted = [...new Set(asked.flatMap(({ checks }) => Object.keys(checks)))];
    return makePlan({ exercises, device, seed, races, checks: wanted, racing: { timeAgainstLength: false }, limits: races ? {} : limits });
  }

  /** Honest work in the same exercises and checks, graded once for each. */
  async #honestFor(plan: RunPlan, exercises: readonly Exercise[]): Promise<Graded> {
    const key = JSON.stringify([exercises.map(({ id }) => id), plan.checks]);
    const known = this.#honest.get(key) ?? (await this.#gradeSolutions(plan));
    this.#honest.set(key, known);
    return known;
  }

  /** The honest student of a cohort, whose every check is asked. */
  async #gradeWhole(): Promise<Result> {
    const exercises = chooseExercises(this.#course, ['02']);
    const plan = makePlan({ exercises, device: this.#setting.device, seed, races: false });
    return (await this.#honestFor(plan, exercises)).result;
  }

  #gradeHonest(): Promise<Graded> {
    const exercises = chooseExercises(this.#course, ['02']);
    const checks = exercises.flatMap((exercise) => Object.keys(exercise.checks)).filter((id) => id !== 'no-leaks'); // it takes a box of the kit's, which no student shares
    return this.#gradeSolutions(makePlan({ exercises, device: this.#setting.device, seed, races: false, checks, limits }));
  }

  async #gradeSolutions(plan: RunPlan): Promise<Graded> {
    const watch = this.#watchGrowth();
    const result = await this.#grader.grade(this.#solutions, plan);
    return { result, growth: watch.end() };
  }

  #watchGrowth(): GrowthWatch {
    return new GrowthWatch(judgeFolders(join(this.#setting.folder, 'tmp')));
  }
}

/** What was taken beyond the most that honest work took. */
function beyond({ memoryBytes, diskBytes }: Growth, ...honest: Growth[]): Growth {
  return {
    memoryBytes: Math.max(0, memoryBytes - Math.max(...honest.map((growth) => growth.memoryBytes))),
    diskBytes: Math.max(0, diskBytes - Math.max(...honest.map((growth) => growth.diskBytes))),
  };
}
