import { performance } from 'node:perf_hooks';

import type { OpenDevice } from '../device/device.ts';
import { Driver } from './driver.ts';
import { reachableBytes } from './garbage.ts';
import type { GradientQuestion, KernelProfile, KernelTrace, MemoryUse, PassInput, Replayed, Replayer, Subject } from '../wire/subject.ts';
import type { HostTensor, Tree } from '../wire/tensor.ts';
import { Watchdog } from './watchdog.ts';

/** The learner's functions in the tests' own process: breakpoints work and feedback is instant. For learning, never for grading. */
export class InProcessSubject implements Subject, Replayer {
  readonly isFresh = true;
  readonly #driver: Driver;
  readonly #key: string;
  readonly #watchdog: Watchdog;
  readonly #patienceMs: number | undefined;

  /** `patienceMs`: milliseconds that one call may take, where it needs more than usual. */
  constructor(device: OpenDevice, key: string, exports: Record<string, unknown>, watchdog: Watchdog, patienceMs?: number) {
    this.#driver = new Driver(device, true);
    this.#key = key;
    this.#watchdog = watchdog;
    this.#patienceMs = patienceMs;
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

  leaks(pass: string, input: PassInput, calls: number): Promise<number> {
    return this.#watch(() => this.#driver.leaks(this.#key, pass, input, calls));
  }

  traceKernels(pass: string, input: PassInput): Promise<KernelTrace> {
    return this.#watch(() => this.#driver.traceKernels(this.#key, pass, input));
  }

  replay(trace: KernelTrace, input: PassInput): Promise<Replayed> {
    return this.#watch(() => this.#driver.replay(trace, input));
  }

  async retire(): Promise<void> {} // there is no process of its own to let go of

  async stage(input: PassInput): Promise<number> {
    const start = performance.now();
    await this.#watch(() => this.#driver.stage(input));
    return performance.now() - start;
  }

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
