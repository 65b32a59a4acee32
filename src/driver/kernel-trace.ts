import type { Tensor } from '@tensorflow/tfjs';

import type { Tensors } from '../device/device.ts';
import type { KernelTrace } from '../wire/subject.ts';
import type { Hooks, Recorder } from './engine-hooks.ts';
import { readAnswer } from './read-answer.ts';
import { tooLong, TraceConstants } from './trace-constants.ts';
import { maxSteps, writeScript, type Numbers, type Step, type Template } from './trace-script.ts';
import { forget, get, isArray, keys, listOf, set, type Link } from './untouched.ts';

type Event =
  | {
      readonly kernel: string;
      readonly attributes: object;
      readonly inputs: Link<[string, number]> | undefined;
      readonly isList: boolean;
      readonly outputs: Link<number> | undefined;
    }
  | Exclude<Step, { 0: 'kernel' }>;

/** Runs a pass and traces its kernels and the ends of its tensors. A trace is believed only as far as its replay gives the right answers. */
export async function traceKernels(
  tf: Tensors,
  hooks: Hooks,
  run: (tensors: Record<string, unknown>) => unknown,
  tensors: Record<string, unknown>,
): Promise<{ trace: KernelTrace; answer: unknown }> {
  const recording = new Recording(new TraceConstants(tf, hooks));
  const inputs = templateOf(tf, tensors, (tensor) => recording.number(tensor, false));
  hooks.record(recording);
  let answer: unknown;
  try {
    answer = await run(tensors);
  } finally {
    hooks.record(undefined);
    recording.stop();
  }
  await readAnswer(tf, answer); // throws where it is none
  const made = templateOf(tf, answer, (tensor) => recording.number(tensor, true));
  return { trace: writeScript({ inputs, answer: made, ...(await recording.read()) }), answer };
}

class Recording implements Recorder {
  readonly #constants: TraceConstants;
  readonly #numbers = new WeakMap<object, number>();
  /** A tensor that holds these data. */
  readonly #ofData = new WeakMap<object, number>();
  #events: Link<Event> | undefined;
  #waiting: Link<readonly [Tensor, Tensor]> | undefined;
  #next = 0;
  #steps = 0;

  constructor(constants: TraceConstants) {
    this.#constants = constants;
  }

  /** The number of a tensor. One that was not seen yet was there before the run, and is a constant of it, or an input. */
  number(tensor: Tensor, isConstant: boolean): number {
    const known = get(this.#numbers, tensor);
    if (known !== undefined) return known;
    const number = this.#numberAnew(tensor);
    if (isConstant) this.#constants.keep(tensor, number, true);
    return number;
  }

  ran(kernel: string, inputs: object, attributes: object, made: Tensor | Tensor[]): void {
    const given = inputs as Record<string, Tensor | undefined>;
    let numbers: Link<[string, number]> | undefined;
    const names = keys(given);
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as string;
      const value = given[name];
      if (typeof value === 'object' && value !== null && 'dataId' in value)
        numbers = { value: [name, this.number(value, true)], before: numbers };
    }
    let outputs: Link<number> | undefined;
    if (isArray(made))
      for (let index = 0; index < made.length; index++) outputs = { value: this.#numberAnew(made[index] as Tensor), before: outputs };
    else outputs = { value: this.#numberAnew(made), before: outputs };
    this.#add({ kernel, attributes, inputs: numbers, isList: isArray(inputs), outputs });
    for (; this.#waiting !== undefined; this.#waiting = this.#waiting.before) {
      const pair = this.#waiting.value;
      this.#add(['same', this.number(pair[0], true), this.#numberAnew(pair[1])]);
    }
  }

  cloned(from: Tensor, made: Tensor): void {
    this.#waiting = { value: [from, made], before: this.#waiting }; // until the kernel that made what was saved is among the steps
  }

  made(tensor: Tensor): void {
    const same = get(this.#ofData, tensor.dataId);
    const number = this.#numberAnew(tensor);
    if (same !== undefined) this.#add(['same', same, number]);
    else this.#add(['constant', this.#constants.keep(tensor, number, false), number]);
  }

  ends(tensor: Tensor, withinKernel: boolean): void {
    if (withinKernel && get(this.#numbers, tensor) === undefined) return;
    const number = this.number(tensor, true);
    this.#constants.ends(tensor);
    if (get(this.#ofData, tensor.dataId) === number) forget(this.#ofData, tensor.dataId);
    forget(this.#numbers, tensor); // a variable goes on under a new number
    this.#add(['end', number]);
  }

  #numberAnew(tensor: Tensor): number {
    const number = this.#next++;
    set(this.#numbers, tensor, number);
    set(this.#ofData, tensor.dataId, number);
    return number;
  }

  #add(event: Event): void {
    if (this.#steps++ < maxSteps) this.#events = { value: event, before: this.#events };
  }

  stop(): void {
    this.#waiting = undefined;
  }

  /** What was recorded, with the numbers of its constants. */
  async read() {
    if (this.#steps <= maxSteps) return { ...(await this.#constants.read()), steps: listOf(this.#events).map(stepOf) };
    this.#constants.release();
    throw tooLong(`it takes more than ${maxSteps} steps`);
  }
}

function stepOf(event: Event): Step {
  if (isArray(event)) return event;
  const { kernel, inputs, attributes, outputs, isList } = event;
  const named = listOf(inputs);
  const numbers: Numbers = isList ? named.map(([, number]) => number) : Object.fromEntries(named);
  return ['kernel', kernel, numbers, attributes as Record<string, unknown>, listOf(outputs)];
}

function templateOf(tf: Tensors, value: unknown, number: (tensor: Tensor) => number): Template {
  if (value instanceof tf.Tensor) return ['t', number(value)];
  if (typeof value === 'number') return ['n', String(value)];
  if (isArray(value)) return ['l', value.map((part) => templateOf(tf, part, number))];
  return ['o', Object.entries(value as object).map(([name, part]) => [name, templateOf(tf, part, number)])];
}
