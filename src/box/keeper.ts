import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import type { Cause } from '../result/causes.ts';
import type { DeviceReport } from '../result/device.ts';
import type { Message } from '../wire/frame.ts';
import { readReport } from '../wire/reply.ts';
import type { Request } from '../wire/request.ts';
import { SubjectFailure } from '../wire/subject.ts';
import { Box } from './box.ts';
import type { LearnerModule } from '../compile/learner.ts';
import type { BoxConfig } from './launch.ts';
import type { TimeAllowance } from './limits.ts';

const spacingMs = 300; // then the nine rounds that decide take three seconds, and a disturbance of one second does not decide

interface ModuleState {
  spentMs: number;
  enteredIn: Box | undefined;
  /** What boxes died of while they served the module. */
  readonly deaths: Cause[];
  broken: SubjectFailure | undefined;
}

interface Opened {
  readonly box: Box;
  readonly report: DeviceReport;
}

/**
 * Keeps a box and replaces it when it dies. Where `strangers` names how many modules of strangers are to come, each gets a box that no other
 * has touched: while one is served, the box of the next is started.
 */
export class BoxKeeper {
  readonly #config: BoxConfig;
  readonly #modules = new Map<string, ModuleState>();
  readonly #strangers: number | undefined;
  #starting: Promise<Opened> | undefined;
  #spare: Promise<Opened> | undefined;
  #box: Box | undefined;
  /** The module whose box this is. */
  #tenant: string | undefined;
  #pinnedAt = -Infinity;

  constructor(config: BoxConfig, strangers?: number) {
    this.#config = config;
    this.#strangers = strangers;
  }

  /** The living box, started where there is none. Starting ahead of the first request hides the device's start. */
  async open(): Promise<Opened> {
    if (this.#box?.isAlive === false) await this.#retire();
    this.#starting ??= this.#takeSpare().catch((error: unknown) => {
      this.#starting = undefined; // the next request tries again: a machine may be out of memory for a moment
      throw error;
    });
    return this.#starting;
  }

  async #takeSpare(): Promise<Opened> {
    const spare = this.#spare;
    this.#spare = undefined;
    const ready = await spare?.catch(() => undefined); // it may have been a moment without memory: a fresh start says so again
    const opened = ready?.box.isAlive === true ? ready : await this.#start();
    this.#box = opened.box;
    return opened;
  }

  async #start(): Promise<Opened> {
    const { box, report } = await Box.start(this.#config);
    return { box, report: readReport(report) };
  }

  /** Sees to it that a stranger's module finds a box that no other was in. */
  async #moveIn(key: string): Promise<void> {
    if (this.#strangers === undefined || this.#tenant === key) return;
    if (this.#tenant !== undefined) await this.#retire();
    this.#tenant = key;
    await this.open();
    if (this.#modules.size >= this.#strangers) return; // the last one
    this.#spare ??= this.#start();
    this.#spare.catch(() => undefined); // asked for where it is taken
  }

  /** Puts a request about a module, which is entered first where this box does not know it yet. */
  async ask(module: LearnerModule, request: Request, allowance?: TimeAllowance): Promise<Message> {
    const state: ModuleState = this.#modules.get(module.key) ?? { spentMs: 0, enteredIn: undefined, deaths: [], broken: undefined };
    this.#modules.set(module.key, state);
    if ('broken' in module) state.broken ??= new SubjectFailure('does-not-load', module.broken);
    if (state.broken !== undefined) throw state.broken; // it would break every time: the time is better spent on the other exercises
    await this.#moveIn(module.key);
    const { box } = await this.open(); // a box's start is the grader's time, not the exercise's
    const start = performance.now();
    try {
      if ('code' in module) await this.#enter(box, module.key, module.code, state);
      return await box.ask(request, this.#timeLeft(state, start, allowance));
    } catch (error) {
      if (error instanceof SubjectFailure && !box.isAlive) this.#countDeath(state, error);
      throw error;
    } finally {
      state.spentMs += performance.now() - start;
    }
  }

  /** The second death of one kind ends an exercise: what a box dies of costs the check that it was asked for, and is not tried for ever. */
  #countDeath(state: ModuleState, failure: SubjectFailure): void {
    if (state.deaths.includes(failure.failureCause))
      state.broken ??= new SubjectFailure(
        failure.failureCause,
        `${failure.message} (for the second time, so the other checks of this exercise are not tried)`,
      );
    state.deaths.push(failure.failureCause);
  }

  /** Milliseconds that a request may take: the usual limit, or what is left of the exercise's time. */
  #timeLeft(state: ModuleState, start: number, allowance?: TimeAllowance): number {
    const { limits } = this.#config;
    const exerciseMs = Math.max(limits.exerciseMs, allowance?.exerciseMs ?? 0); // an exercise may ask for more than usual, never for less
    const leftMs = exerciseMs - state.spentMs - (performance.now() - start);
    if (leftMs <= 0) throw new SubjectFailure('timeout', `the ${exerciseMs / 1000} s for this exercise were spent by earlier checks`);
    return Math.min(Math.max(limits.requestMs, allowance?.requestMs ?? 0), Math.ceil(leftMs));
  }

  async #enter(box: Box, key: string, code: string, state: ModuleState): Promise<void> {
    if (state.enteredIn === box) return;
    try {
      await box.ask({ verb: 'enter', module: key, code });
      state.enteredIn = box;
    } catch (error) {
      if (!(error instanceof SubjectFailure)) throw error;
      state.broken = asBrokenImport(error);
      throw state.broken;
    }
  }

  /** Resident memory of the box's processes, bytes; 0 where the system does not tell. */
  async residentBytes(): Promise<number> {
    return (await this.open()).box.residentBytes();
  }

  /** Stops the living box, if there is one. */
  pause(): void {
    this.#box?.pause();
  }

  resume(): void {
    this.#box?.resume();
  }

  /** Puts the living box on the processor whose turn it is, at least `spacingMs` after the last time: a neighbour's load on one processor lasts for a second. */
  async pinToProcessor(turn: number): Promise<void> {
    await this.#spare?.catch(() => undefined); // a box that starts would take the machine from those that are timed
    await delay(Math.max(0, this.#pinnedAt + spacingMs - performance.now()));
    this.#pinnedAt = performance.now();
    this.#box?.pinToProcessor(turn);
  }

  async takePrinted(): Promise<string> {
    return (await this.#box?.takePrinted()) ?? '';
  }

  async close(): Promise<void> {
    const spare = await this.#spare?.catch(() => undefined);
    this.#spare = undefined;
    await Promise.all([this.#retire(), spare?.box.close()]);
  }

  async #retire(): Promise<void> {
    this.#starting = undefined;
    const box = this.#box;
    this.#box = undefined;
    await box?.close();
  }
}

function asBrokenImport(failure: SubjectFailure): SubjectFailure {
  return failure.failureCause === 'does-not-load'
    ? failure
    : new SubjectFailure(failure.failureCause, `while the file was imported: ${failure.message}`);
}
