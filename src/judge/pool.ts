import { availableParallelism, freemem } from 'node:os';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import workerpool, { type Pool } from 'workerpool';

import type { CheckRecord } from '../run/check-record.ts';
import type { RunPlan, Variant, Watch } from '../run/plan.ts';
import type { CheckRun } from '../run/run-checks.ts';

/** What a judge tells while it works: a check that has ended, how far a long one has come, or what vitest printed by itself. */
export type Told = { readonly record: CheckRecord } | { readonly progress: string };
type Printed = { readonly stdout: string } | { readonly stderr: string };

const typescript = new URL('../typescript.js', import.meta.url).href;
const judgeBytes = 3 * 2 ** 30; // a judge of 0.3 GiB and a learner's box at its limit of 2.5 GiB

/** What is thrown to all who wait once the judges are sent home. */
export class JudgesGone extends Error {
  override readonly name = 'JudgesGone';
}

/** As many judges as processors, where there is memory for them. */
export function usualJudges(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / judgeBytes)));
}

/** Judges, each a process of its own, that are started when they are needed. A task whose judge dies is tried once more by another. */
export class JudgePool {
  readonly #pool: Pool;
  readonly #output: Writable;
  readonly judges: number;
  #closed = false;

  constructor(judges: number, output: Writable = process.stderr) {
    this.judges = judges;
    this.#output = output;
    this.#pool = workerpool.pool(fileURLToPath(new URL('./judge.ts', import.meta.url)), {
      workerType: 'process',
      maxWorkers: judges,
      emitStdStreams: true,
      forkOpts: {
        execArgv: [...process.execArgv.filter((word) => word === '--expose-gc'), '--import', typescript],
        serialization: 'advanced',
      },
    });
  }

  /** Runs the checks of a plan with each variant in the learner's place. Throws where two judges died of it. */
  async run(plan: RunPlan, variants: readonly Variant[], watch: Watch = {}): Promise<CheckRun> {
    if (this.#closed) throw new JudgesGone('the grading was interrupted');
    const attempt = async (): Promise<unknown> =>
      this.#pool.exec('run', [plan, variants], { on: (told: Told | Printed) => this.#hear(told, watch) });
    try {
      return (await attempt().catch((error: unknown) => this.#tryAgain(error, attempt))) as CheckRun;
    } catch (error) {
      throw this.#closed ? new JudgesGone('the grading was interrupted', { cause: error }) : error;
    }
  }

  #tryAgain(error: unknown, attempt: () => Promise<unknown>): Promise<unknown> {
    if (this.#closed || !(error instanceof workerpool.TerminateError)) throw error;
    return attempt();
  }

  /** Ends all judges, and what they are at with them. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool.terminate(true);
  }

  #hear(told: Told | Printed, { onRecord, onProgress }: Watch): void {
    if ('record' in told) onRecord?.(told.record);
    else if ('progress' in told) onProgress?.(told.progress);
    else this.#output.write('stdout' in told ? told.stdout : told.stderr);
  }
}
