import { performance } from 'node:perf_hooks';

import type { DeviceReport } from '../result/device.ts';
import type { Message } from '../wire/frame.ts';
import { asCount, asProfile, asTensor, asTree, isNamed, notAnswered, readTrace } from '../wire/reply.ts';
import type { Request } from '../wire/request.ts';
import type { GradientQuestion, KernelProfile, KernelTrace, MemoryUse, PassInput, RacingSubject } from '../wire/subject.ts';
import type { HostTensor, Tree } from '../wire/tensor.ts';
import type { LearnerModule } from '../compile/learner.ts';
import type { BoxKeeper } from './keeper.ts';
import type { TimeAllowance } from './limits.ts';

/** The learner's functions, in the box. */
export class BoxedSubject implements RacingSubject {
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
    return asProfile(await this.#ask({ verb: 'profile', module: this.#module.key, pass, input }));
  }

  async leaks(pass: string, input: PassInput, calls: number): Promise<number> {
    return asCount(await this.#ask({ verb: 'leaks', module: this.#module.key, pass, input, calls }));
  }

  async traceKernels(pass: string, input: PassInput): Promise<KernelTrace> {
    return readTrace(await this.#ask({ verb: 'traceKernels', module: this.#module.key, pass, input }));
  }

  async install(pass: string, trace: KernelTrace): Promise<void> {
    await this.#ask({ verb: 'install', module: this.#module.key, pass, trace });
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

  pinToProcessor(turn: number): Promise<void> {
    return this.#keeper.pinToProcessor(turn);
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
