import type { CheckRecord } from '../run/check-record.ts';
import type { RunPlan, Watch } from '../run/plan.ts';
import type { CheckRun } from '../run/run-checks.ts';
import type { Question } from '../store/question.ts';
import type { VerdictStore } from '../store/store.ts';
import type { Submission } from '../intake/submission.ts';
import type { Executor } from './executor.ts';

export interface GradeWatch extends Watch {
  /** True where everything is to be asked, whatever is known; an answer unlike the known one is an error. */
  readonly again?: boolean;
}

/** The marking of one submission: what is known is taken from the store, what is not is asked and kept. */
export class Marking {
  readonly #executor: Executor;
  readonly #store: VerdictStore | undefined;
  readonly #submission: Submission;
  readonly #plan: RunPlan;
  readonly #watch: Watch;
  /** True where everything is asked, whatever is known. */
  readonly #again: boolean;
  readonly #records: CheckRecord[] = [];
  readonly #errors: string[] = [];

  constructor(
    executor: Executor,
    store: VerdictStore | undefined,
    submission: Submission,
    plan: RunPlan,
    { again = false, ...watch }: GradeWatch,
  ) {
    this.#executor = executor;
    this.#store = store;
    this.#submission = submission;
    this.#plan = plan;
    this.#watch = watch;
    this.#again = again;
  }

  /** Answers all questions: checks first, and then what needs the machine alone. */
  async answer(questions: readonly Question[]): Promise<CheckRun> {
    await this.#answerAll(questions.filter(({ alone }) => !alone));
    await this.#answerAll(questions.filter(({ alone }) => alone));
    return { records: this.#records, errors: this.#errors };
  }

  async #answerAll(questions: readonly Question[]): Promise<void> {
    let open = questions;
    let again = this.#again;
    while (open.length > 0) {
      const unknown = again ? open : await this.#takeKnown(open);
      const mine = unknown.filter((question) => this.#store?.claim(question) ?? true);
      await Promise.all(this.#executor.share(mine).map((part) => this.#ask(part, again)));
      again = false;
      open = unknown.filter((question) => !mine.includes(question));
      for (const question of open) await this.#store?.whenFree(question); // somebody with the same files is at them
    }
  }

  /** Takes what is known, and gives the rest. */
  async #takeKnown(questions: readonly Question[]): Promise<Question[]> {
    const unknown: Question[] = [];
    for (const question of questions) {
      const records = await this.#store?.find(question);
      if (records === undefined) unknown.push(question);
      else for (const record of records) this.#take(record);
    }
    return unknown;
  }

  #take(record: CheckRecord): void {
    this.#records.push(record);
    this.#watch.onRecord?.(record);
  }

  /** Asks one part; each question is kept as soon as its last check has ended. */
  async #ask(questions: readonly Question[], again: boolean): Promise<void> {
    if (questions.length === 0) return;
    const keeping: Promise<void>[] = [];
    const heard = new Map(questions.map((question) => [question, new Map<string, CheckRecord>()]));
    const onRecord = (record: CheckRecord) => {
      this.#watch.onRecord?.(record);
      for (const [question, records] of heard) {
        if (question.exercise.id !== record.exercise) continue;
        records.set(record.check, record);
        if (isAnswered(question, records)) keeping.push(this.#keep(question, [...records.values()]));
      }
    };
    try {
      const work = { questions, plan: this.#plan, modules: this.#submission.modules, again };
      const run = await this.#executor.answer(work, { ...this.#watch, onRecord });
      this.#records.push(...run.records);
      this.#errors.push(...run.errors);
    } finally {
      await Promise.allSettled(keeping);
      for (const question of questions) this.#store?.release(question);
    }
    await Promise.all(keeping);
  }

  /** What is thrown is waited for once the judge has ended: until then nobody listens, and Node would end the grader. */
  #keep(question: Question, records: readonly CheckRecord[]): Promise<void> {
    const kept = this.#store?.keep(question, records) ?? Promise.resolve();
    kept.catch(() => undefined);
    return kept;
  }
}

function isAnswered({ exercise }: Question, records: ReadonlyMap<string, CheckRecord>): boolean {
  return Object.keys(exercise.checks).every((id) => records.has(id));
}
