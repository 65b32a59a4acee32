import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

import { describeIsolation } from '../box/isolation.ts';
import type { DeviceName } from '../result/device.ts';
import { corpusFolder, type Attack } from './attack.ts';
import { findLeft, markVariable } from './leftovers.ts';
import { reaches } from './level.ts';
import { makeRow, type Row } from './trial.ts';
import { WorkerProcess } from './worker-process.ts';

const settleMs = 2000; // the kernel clears a killed box away in some milliseconds; a busy one takes longer

export interface AuditOptions {
  readonly device: DeviceName;
  readonly onRow?: (row: Row, done: number) => void;
  readonly corpus?: string;
}

/** What an audit of this machine found. */
export interface Audit {
  readonly level: string;
  readonly levelReason: string;
  readonly device: DeviceName;
  readonly rows: readonly Row[];
  /** Processes, files, mounts and control groups that were left, and whatever else went wrong outside of an attack. */
  readonly left: readonly string[];
  readonly durationMs: number;
}

/** Tries attacks on this machine at its level: two at a time, and those on the clock alone. */
export async function runAudit(attacks: readonly Attack[], options: AuditOptions): Promise<Audit> {
  const start = performance.now();
  const { level, reason } = await describeIsolation();
  const folder = mkdtempSync(join(tmpdir(), 'unroll-audit-'));
  chmodSync(folder, 0o711); // at level `container` the box is another user's, and its own folder lies in here
  const crew = new Crew(folder, options);
  const [held, undefended] = partition(attacks, ({ needs }) => reaches(level, needs));
  const rows = undefended.map((attack) => makeRow(attack, { ended: `not run below ${attack.needs}`, problems: [] }, 0, 'not-defended'));
  const [timed, others] = partition(held, ({ clock }) => clock);
  rows.push(...(await crew.workThrough(others, Math.min(2, availableParallelism(), others.length))));
  rows.push(...(await crew.workThrough(timed, Math.min(1, timed.length))));
  rmSync(folder, { recursive: true, force: true });
  const left = await crew.findLeft();
  const order = new Map(attacks.map(({ id }, index) => [id, index]));
  const sorted = rows.toSorted((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
  return { level, levelReason: reason, device: options.device, rows: sorted, left, durationMs: performance.now() - start };
}

function partition<T>(list: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [list.filter(belongs), list.filter((item) => !belongs(item))];
}

/** The workers of one audit. */
class Crew {
  readonly #folder: string;
  readonly #options: AuditOptions;
  readonly #mark = randomBytes(8).toString('hex');
  readonly #pids: number[] = [];
  #done = 0;

  constructor(folder: string, options: AuditOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /** Tries all of these with so many workers at a time. */
  async workThrough(attacks: readonly Attack[], workers: number): Promise<Row[]> {
    const queue = [...attacks];
    const rows: Row[] = [];
    const work = async () => {
      let worker: WorkerProcess | undefined;
      for (let attack = queue.shift(); attack !== undefined; attack = queue.shift()) {
        worker ??= await this.#hire();
        const start = performance.now();
        const trial = await worker.try(attack.id);
        if (trial.spoiled === true) worker.kill();
        if (!worker.isAlive) worker = undefined; // the next attack gets a fresh one
        const row = makeRow(attack, trial, performance.now() - start);
        rows.push(row);
        this.#options.onRow?.(row, ++this.#done);
      }
      await worker?.close();
    };
    await Promise.all(Array.from({ length: workers }, work));
    return rows;
  }

  async #hire(): Promise<WorkerProcess> {
    const folder = join(this.#folder, `worker-${this.#pids.length}`);
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary, { recursive: true });
    const { device, corpus = corpusFolder } = this.#options;
    const { worker, pid } = WorkerProcess.start([folder, device, corpus], { TMPDIR: temporary, [markVariable]: this.#mark });
    this.#pids.push(pid);
    return worker;
  }

  /** What is left once the kernel has had time to clear away. */
  async findLeft(): Promise<string[]> {
    const marks = { mark: this.#mark, pids: this.#pids, folder: this.#folder };
    const end = performance.now() + settleMs;
    let left = findLeft(marks);
    while (left.length > 0 && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100)); // ms
      left = findLeft(marks);
    }
    return left;
  }
}
