import type { Writable } from 'node:stream';

import type { ModuleText } from '../compile/learner.ts';
import { isLab } from '../course/exercise.ts';
import { messageOf } from '../errors.ts';
import { JudgePool, JudgesGone } from '../judge/pool.ts';
import type { CheckRecord } from '../run/check-record.ts';
import type { RunPlan, Watch } from '../run/plan.ts';
import type { CheckRun } from '../run/run-checks.ts';
import { machineName, type Question } from '../store/question.ts';

/** Questions about one submission that are answered in one go. */
export interface Work {
  readonly questions: readonly Question[];
  readonly plan: RunPlan;
  readonly modules: Readonly<Record<string, ModuleText>>;
  /** True where they are to be asked whatever is known. */
  readonly again: boolean;
}

/** Who answers questions: judges of this machine, or workers on others. */
export interface Executor {
  /** The machine that times a plan's races. */
  machine(plan: RunPlan): Promise<string>;
  /** Parts for the executor to be at all at once. */
  share(questions: readonly Question[]): Question[][];
  /** Answers the questions of one part. Throws `JudgesGone` once it is closed. */
  answer(work: Work, watch: Watch): Promise<CheckRun>;
  /** Ends it, and whatever it is at. */
  close(): Promise<void>;
}

/** The judges of this machine. */
export class LocalExecutor implements Executor {
  readonly #pool: JudgePool;

  constructor(judges: number, output?: Writable) {
    this.#pool = new JudgePool(judges, output);
  }

  async machine(): Promise<string> {
    return machineName();
  }

  /** Each lab by itself, the last first, since they take longest; then the others in parts of about the same length. What needs the machine alone is one part. */
  share(questions: readonly Question[]): Question[][] {
    const { judges } = this.#pool;
    if (judges === 1 || questions.some(({ alone }) => alone)) return [[...questions]];
    const labs = questions.filter(({ exercise }) => isLab(exercise));
    const others = questions.filter(({ exercise }) => !isLab(exercise));
    const parts = Array.from({ length: judges }, (_, part) => others.filter((_question, at) => at % judges === part));
    return [...labs.toReversed().map((question) => [question]), ...parts];
  }

  /** Where two judges die of it, the answer is what was recorded until then. */
  async answer({ questions, plan, modules }: Work, watch: Watch): Promise<CheckRun> {
    const heard = new Map<string, CheckRecord>(); // by check: a second judge begins anew
    const onRecord = (record: CheckRecord) => {
      heard.set(`${record.exercise} ${record.check}`, record);
      watch.onRecord?.(record);
    };
    try {
      return await this.#pool.run(planFor(questions, plan), [{ id: 'submission', modules }], { ...watch, onRecord });
    } catch (error) {
      if (error instanceof JudgesGone) throw error;
      return {
        records: [...heard.values()],
        errors: [`a judge ended twice at the same work: ${messageOf(error).split('\n', 1)[0]}`],
      };
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/** The part of a plan that answers these questions. */
function planFor(questions: readonly Question[], plan: RunPlan): RunPlan {
  const checks = [...new Set(questions.flatMap(({ exercise }) => Object.keys(exercise.checks)))];
  const asked = new Set(questions.map(({ exercise }) => exercise.id));
  const exercises = plan.exercises.filter(({ id }) => asked.has(id)); // with all their checks, of which those of the plan are run
  return { ...plan, exercises, checks, races: questions.some(({ alone }) => alone) };
}
