import { performance } from 'node:perf_hooks';

import type { OpenDevice } from '../device/device.ts';
import { Driver } from './driver.ts';
import { reachableBytes } from './garbage.ts';
import type { TimeAllowance } from './limits.ts';
import type { Recording } from './recording.ts';
import type { GradientQuestion, KernelProfile, MemoryUse, PassInput, Subject } from './subject.ts';
import type { HostTensor, Tree } from './value.ts';
import { Watchdog } from './watchdog.ts';

/** The learner's functions in the tests' own process: breakpoints work and feedback is instant. For learning, never for grading. */
export class InProcessSubject implements Subject {
  readonly #driver: Driver;
  readonly #key: string;
  readonly #watchdog: Watchdog;
  readonly #patienceMs: number | undefined;

  constructor(device: OpenDevice, key: string, exports: Record<string, unknown>, watchdog: Watchdog, allowance?: TimeAllowance) {
    this.#driver = new Driver(device);
    this.#key = key;
    this.#watchdog = watchdog;
    this.#patienceMs = allowance?.requestMs;
    this.#driver.enter(key, exports);
  }

  get device() {
    return this.#driver.report;
  }

  call(pass: string, input: PassInput): Promise<Tree> {
    return this.#watch(() => this.#driver.call(this.#key, pass, input));
  }

  gradients(pass: string, input: PassInput, question: GradientQuestion): Promise<Record<string, HostTensor>> {
    return this.#watch(() => this.#driver.gradients(this.#key, pass, input, question));
  }

  profile(pass: string, input: PassInput): Promise<KernelProfile> {
    return this.#watch(() => this.#driver.profile(this.#key, pass, input));
  }

  record(pass: string, input: PassInput): Promise<Recording> {
    return this.#watch(() => this.#driver.record(this.#key, pass, input));
  }

  async adopt(pass: string, recording: Recording): Promise<void> {
    this.#driver.adopt(this.#key, pass, recording);
  }

  leaks(pass: string, input: PassInput, calls: number): Promise<number> {
    return this.#watch(() => this.#driver.leaks(this.#key, pass, input, calls));
  }

  async stage(input: PassInput): Promise<number> {
    const start = performance.now();
    await this.#watch(() => this.#driver.stage(input));
    return performance.now() - start;
  }

  async pause(): Promise<void> {} // nobody races in this process

  async resume(): Promise<void> {}

  async settle(): Promise<void> {}

  async runStaged(pass: string): Promise<{ answer: Tree; durationMs: number }> {
    const start = performance.now();
    const answer = await this.#watch(() => this.#driver.runStaged(this.#key, pass));
    return { answer, durationMs: performance.now() - start };
  }

  async memory(): Promise<MemoryUse> {
    return { reachableBytes: reachableBytes(), residentBytes: process.memoryUsage.rss() };
  }

  #watch<T>(run: () => Promise<T>): Promise<T> {
    return this.#watchdog.watch(run, this.#patienceMs);
  }
}
