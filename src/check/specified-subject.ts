import type { DeviceReport } from '../result/device.ts';
import { NotApplicable, type GradientQuestion, type KernelProfile, type MemoryUse, type PassInput, type Subject } from '../wire/subject.ts';
import { HostTensor, type Tree } from '../wire/tensor.ts';
import { type NestedAnswer, toNested, toTensor, type Named } from './nested.ts';
import { finiteDifferences } from './finite-difference.ts';
import { specify, type Oracle } from './oracle.ts';

/**
 * An oracle, or one of its misconceptions, in the place of a learner: what a learner with that misconception would hand in.
 * It has values and gradients, but no kernels, no memory and no speed.
 */
export class SpecifiedSubject implements Subject {
  readonly device: DeviceReport;
  readonly #oracle: Oracle;
  readonly #misconception: string;

  constructor(device: DeviceReport, oracle: Oracle, misconception: string) {
    this.device = device;
    this.#oracle = oracle;
    this.#misconception = misconception;
  }

  async call(pass: string, input: PassInput): Promise<Tree> {
    return asAnswer(this.#specify(pass)(nestedInput(input)));
  }

  async gradients(pass: string, input: PassInput, { of, cotangent, by }: GradientQuestion): Promise<Record<string, HostTensor>> {
    const found = finiteDifferences(this.#specify(pass), nestedInput(input), of, toNested(cotangent), by);
    return Object.fromEntries(Object.entries(found).map(([name, gradient]) => [name, toTensor(gradient)]));
  }

  profile(): Promise<KernelProfile> {
    throw new NotApplicable('loops have no kernels to count');
  }

  traceKernels(): Promise<never> {
    throw new NotApplicable('loops have no kernels to trace');
  }

  leaks(): Promise<number> {
    throw new NotApplicable('loops leave no tensors behind');
  }

  memory(): Promise<MemoryUse> {
    throw new NotApplicable('loops have no process of their own');
  }

  stage(): Promise<number> {
    throw new NotApplicable('loops are not raced');
  }

  runStaged(): Promise<{ answer: Tree; durationMs: number }> {
    throw new NotApplicable('loops are not raced');
  }

  #specify(pass: string): (input: Named) => NestedAnswer {
    const specification = this.#oracle.misconceptions[this.#misconception]?.passes[pass] ?? this.#oracle.passes[pass];
    if (specification === undefined) throw new NotApplicable(`the oracle has no ${pass}: it cannot be written in loops`);
    return (input) => specify(specification, input);
  }
}

function nestedInput(input: PassInput): Named {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, value instanceof HostTensor ? toNested(value) : (value as number)]),
  );
}

function asAnswer(expected: NestedAnswer): Tree {
  if (typeof expected === 'number' || Array.isArray(expected)) return toTensor(expected);
  return Object.fromEntries(Object.entries(expected).map(([name, part]) => [name, toTensor(part)]));
}
