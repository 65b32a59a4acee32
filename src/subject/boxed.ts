import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import type { DeviceReport } from '../device/device.ts';
import { Box } from './box.ts';
import type { BoxOutfit } from './launch.ts';
import type { TimeAllowance } from './limits.ts';
import type { LearnerModule } from './module.ts';
import type { Recording } from './recording.ts';
import { asCount, asTensor, asTree, notAnswered, readReport } from './reply.ts';
import { isNamed, readRecording, type Request } from './request.ts';
import { SubjectFailure, type GradientQuestion, type KernelProfile, type MemoryUse, type PassInput, type Subject } from './subject.ts';
import type { HostTensor, Tree } from './value.ts';
import type { Message } from './wire.ts';

const settleMs = 300; // then the nine rounds that decide take three seconds, and no mood of one second decides

interface ModuleState {
  spentMs: number;
  enteredIn: Box | undefined;
  /** Boxes that died while the module was imported. */
  diedOfIt: number;
  broken: SubjectFailure | undefined;
}

/** Keeps one box for a whole submission and replaces it when it dies. */
export class BoxKeeper {
  readonly #outfit: BoxOutfit;
  readonly #modules = new Map<string, ModuleState>();
  #starting: Promise<{ box: Box; report: DeviceReport }> | undefined;
  #box: Box | undefined;
  #settledAt = -Infinity;

  constructor(outfit: BoxOutfit) {
    this.#outfit = outfit;
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
    const { box, report } = await Box.start(this.#outfit);
    this.#box = box;
    return { box, report: readReport(report) };
  }

  /** Puts a request about a module, which is entered first where this box does not know it yet. */
  async ask(module: LearnerModule, request: Request, allowance?: TimeAllowance): Promise<Message> {
    await this.open(); // a box's start is the judge's time, not the exercise's
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
    const { limits } = this.#outfit;
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

  /** At least `settleMs` after the last time: a machine's passing moods, such as a neighbour on one processor, last for a second. */
  async settle(turn: number): Promise<void> {
    await delay(Math.max(0, this.#settledAt + settleMs - performance.now()));
    this.#settledAt = performance.now();
    this.#box?.settle(turn);
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

/** The learner's functions, in the box. */
export class BoxedSubject implements Subject {
  readonly device: DeviceReport;
  readonly #keeper: BoxKeeper;
  readonly #module: LearnerModule;
  readonly #allowance: TimeAllowance | undefined;

  constructor(device: DeviceReport, keeper: BoxKeeper, module: LearnerModule, allowance?: TimeAllowance) {
    this.device = device;
    this.#allowance = allowance;
    this.#keeper = keeper;
    this.#module = module;
  }

  async call(pass: string, input: PassInput): Promise<Tree> {
    return asTree(await this.#ask({ verb: 'call', module: this.#module.key, pass, input }));
  }

  async gradients(pass: string, input: PassInput, question: GradientQuestion): Promise<Record<string, HostTensor>> {
    const answer = await this.#ask({ verb: 'gradients', module: this.#module.key, pass, input, question });
    if (!isNamed(answer)) throw notAnswered();
    return Object.fromEntries(question.by.map((name) => [name, asTensor(answer[name])]));
  }

  async profile(pass: string, input: PassInput): Promise<KernelProfile> {
    const answer = await this.#ask({ verb: 'profile', module: this.#module.key, pass, input });
    if (!isNamed(answer) || !isNamed(answer['kernels'] ?? 0)) throw notAnswered();
    const { kernelCount, peakBytes, hostReads } = answer;
    return {
      kernels: answer['kernels'] as Record<string, number>,
      kernelCount: asCount(kernelCount),
      peakBytes: asCount(peakBytes),
      hostReads: asCount(hostReads),
    };
  }

  async leaks(pass: string, input: PassInput, calls: number): Promise<number> {
    return asCount(await this.#ask({ verb: 'leaks', module: this.#module.key, pass, input, calls }));
  }

  async record(pass: string, input: PassInput): Promise<Recording> {
    return readRecording(await this.#ask({ verb: 'record', module: this.#module.key, pass, input }));
  }

  async adopt(pass: string, recording: Recording): Promise<void> {
    await this.#ask({ verb: 'adopt', module: this.#module.key, pass, recording });
  }

  async memory(): Promise<MemoryUse> {
    const reachableBytes = asCount(await this.#ask({ verb: 'reachableBytes' }));
    return { residentBytes: await this.#keeper.residentBytes(), reachableBytes };
  }

  async stage(input: PassInput): Promise<number> {
    const start = performance.now();
    await this.#ask({ verb: 'stage', input });
    return performance.now() - start;
  }

  async pause(): Promise<void> {
    this.#keeper.pause();
  }

  async resume(): Promise<void> {
    this.#keeper.resume();
  }

  settle(turn: number): Promise<void> {
    return this.#keeper.settle(turn);
  }

  async runStaged(pass: string): Promise<{ answer: Tree; durationMs: number }> {
    const start = performance.now();
    const answer = await this.#ask({ verb: 'runStaged', module: this.#module.key, pass });
    return { answer: asTree(answer), durationMs: performance.now() - start }; // the whole answer has arrived
  }

  #ask(request: Request): Promise<Message> {
    return this.#keeper.ask(this.#module, request, this.#allowance);
  }
}

function asBrokenImport(failure: SubjectFailure): SubjectFailure {
  return failure.failureCause === 'does-not-load'
    ? failure
    : new SubjectFailure(failure.failureCause, `while the file was imported: ${failure.message}`);
}
