import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import type { DeviceReport } from '../result/device.ts';
import type { Message } from '../wire/frame.ts';
import { readReport } from '../wire/reply.ts';
import type { Request } from '../wire/request.ts';
import { SubjectFailure } from '../wire/subject.ts';
import { Box } from './box.ts';
import type { LearnerModule } from './compile.ts';
import type { BoxConfig } from './launch.ts';
import type { TimeAllowance } from './limits.ts';

const spacingMs = 300; // then the nine rounds that decide take three seconds, and a disturbance of one second does not decide

interface ModuleState {
  spentMs: number;
  enteredIn: Box | undefined;
  /** Boxes that died while the module was imported. */
  diedOfIt: number;
  broken: SubjectFailure | undefined;
}

/** Keeps one box for a whole submission and replaces it when it dies. */
export class BoxKeeper {
  readonly #config: BoxConfig;
  readonly #modules = new Map<string, ModuleState>();
  #starting: Promise<{ box: Box; report: DeviceReport }> | undefined;
  #box: Box | undefined;
  #pinnedAt = -Infinity;

  constructor(config: BoxConfig) {
    this.#config = config;
  }

  /** The living box, started where there is none. Starting ahead of the first request hides the device's start. */
  async open(): Promise<{ box: Box; report: DeviceReport }> {
    if (this.#box?.isAlive === false) await this.close();
    this.#starting ??= this.#start().catch((error: unknown) => {
      this.#starting = undefined; // the next request tries again: a machine may be out of memory for a moment
      throw error;
    });
    return this.#starting;
  }

  async #start(): Promise<{ box: Box; report: DeviceReport }> {
    const { box, report } = await Box.start(this.#config);
    this.#box = box;
    return { box, report: readReport(report) };
  }

  /** Puts a request about a module, which is entered first where this box does not know it yet. */
  async ask(module: LearnerModule, request: Request, allowance?: TimeAllowance): Promise<Message> {
    await this.open(); // a box's start is the grader's time, not the exercise's
    const state = this.#modules.get(module.key) ?? { spentMs: 0, enteredIn: undefined, diedOfIt: 0, broken: undefined };
    this.#modules.set(module.key, state);
    const start = performance.now();
    try {
      const box = await this.#openFor(module, state);
      return await box.ask(request, this.#timeLeft(state, start, allowance));
    } finally {
      state.spentMs += performance.now() - start;
    }
  }

  /** Milliseconds that a request may take: the usual limit, or what is left of the exercise's time. */
  #timeLeft(state: ModuleState, start: number, allowance?: TimeAllowance): number {
    const { limits } = this.#config;
    const exerciseMs = Math.max(limits.exerciseMs, allowance?.exerciseMs ?? 0); // an exercise may ask for more than usual, never for less
    const leftMs = exerciseMs - state.spentMs - (performance.now() - start);
    if (leftMs <= 0) throw new SubjectFailure('timeout', `the ${exerciseMs / 1000} s for this exercise were spent by earlier checks`);
    return Math.min(Math.max(limits.requestMs, allowance?.requestMs ?? 0), Math.ceil(leftMs));
  }

  /** A living box that knows the module. One that dies under an import may have died of what another exercise left running: a fresh one is tried, once. */
  async #openFor(module: LearnerModule, state: ModuleState): Promise<Box> {
    if (state.broken !== undefined) throw state.broken; // it would break every time: the time is better spent on the other exercises
    const { box } = await this.open();
    if (state.enteredIn === box) return box;
    try {
      if ('broken' in module) throw new SubjectFailure('does-not-load', module.broken);
      await box.ask({ verb: 'enter', module: module.key, code: module.code });
      state.enteredIn = box;
      return box;
    } catch (error) {
      if (!(error instanceof SubjectFailure)) throw error;
      if (!box.isAlive && state.diedOfIt++ === 0) return this.#openFor(module, state);
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
    await delay(Math.max(0, this.#pinnedAt + spacingMs - performance.now()));
    this.#pinnedAt = performance.now();
    this.#box?.pinToProcessor(turn);
  }

  takePrinted(): string {
    return this.#box?.takePrinted() ?? '';
  }

  async close(): Promise<void> {
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
