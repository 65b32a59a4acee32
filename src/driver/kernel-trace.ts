import type { Tensor } from '@tensorflow/tfjs';

import type { Tensors } from '../device/device.ts';
import { SubjectFailure, type KernelTrace } from '../wire/subject.ts';
import { HostTensor, type Dtype, type TensorData } from '../wire/tensor.ts';
import type { Hooks, Recorder } from './engine-hooks.ts';
import { readAnswer } from './read-answer.ts';
import { maxConstants, maxNumbers, maxSteps, writeScript, type Numbers, type Step, type Template } from './trace-script.ts';

// What a recording uses while the pass runs is taken before any learner's code does, and its lists are chains of plain objects:
// so nothing of a recording passes through a method or a setter that a learner could have replaced.
const { isArray } = Array;
const { keys } = Object;
/* oxlint-disable typescript/unbound-method -- each is called with its map as the first argument */
const get = Function.prototype.call.bind(WeakMap.prototype.get) as <V>(map: WeakMap<object, V>, key: object) => V | undefined;
const set = Function.prototype.call.bind(WeakMap.prototype.set) as <V>(map: WeakMap<object, V>, key: object, value: V) => void;
const forget = Function.prototype.call.bind(WeakMap.prototype.delete) as (map: WeakMap<object, number>, key: object) => void;
/* oxlint-enable typescript/unbound-method */

interface Link<T> {
  readonly value: T;
  readonly before: Link<T> | undefined;
}

interface Constant {
  readonly number: number;
  readonly tensor: Pick<Tensor, 'dtype' | 'shape' | 'dataId'>;
  /** True where it was there before the run. */
  readonly before: boolean;
  /** Once it has been read; `'held'` where the device cannot be read at once, and its data are kept for us. */
  data: TensorData | 'held' | undefined;
}

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
  const recording = new Recording(tf, hooks);
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
  readonly #engine: ReturnType<Tensors['engine']>;
  readonly #backend: ReturnType<Tensors['backend']>;
  readonly #readSync: Hooks['readSync'];
  readonly #numbers = new WeakMap<object, number>();
  /** A tensor that holds these data. */
  readonly #ofData = new WeakMap<object, number>();
  readonly #constantOf = new WeakMap<object, Constant>();
  #events: Link<Event> | undefined;
  #constants: Link<Constant> | undefined;
  #waiting: Link<readonly [Tensor, Tensor]> | undefined;
  #next = 0;
  #steps = 0;
  #constantCount = 0;

  constructor(tf: Tensors, { readSync }: Hooks) {
    this.#readSync = readSync;
    this.#engine = tf.engine();
    this.#backend = tf.backend();
  }

  /** The number of a tensor. One that was not seen yet was there before the run, and is a constant of it, or an input. */
  number(tensor: Tensor, isConstant: boolean): number {
    const known = get(this.#numbers, tensor);
    if (known !== undefined) return known;
    const number = this.#numberAnew(tensor);
    if (isConstant) this.#keep(tensor, number, true);
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
    else this.#add(['constant', this.#keep(tensor, number, false), number]);
  }

  ends(tensor: Tensor, withinKernel: boolean): void {
    if (withinKernel && get(this.#numbers, tensor) === undefined) return;
    const number = this.number(tensor, true);
    const constant = get(this.#constantOf, tensor);
    if (constant !== undefined && constant.data === undefined) this.#readNow(constant);
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

  #keep(tensor: Tensor, number: number, before: boolean): number {
    const index = this.#constantCount++;
    if (index >= maxConstants) return index;
    const constant: Constant = {
      number,
      tensor: { dtype: tensor.dtype, shape: tensor.shape, dataId: tensor.dataId },
      before,
      data: undefined,
    };
    set(this.#constantOf, tensor, constant);
    this.#constants = { value: constant, before: this.#constants };
    return index;
  }

  /** Its owner lets it go: what it holds is read, without a tensor more that the owner could count. */
  #readNow(constant: Constant): void {
    try {
      constant.data = this.#readSync(constant.tensor.dataId);
    } catch {
      this.#hold(constant); // WebGPU reads nothing at once that it computed
    }
  }

  #hold(constant: Constant): void {
    try {
      this.#backend.incRef(constant.tensor.dataId);
      constant.data = 'held';
    } catch {
      // no tensor of this device: reading it will say so, when the pass has ended
    }
  }

  #add(event: Event): void {
    if (this.#steps++ < maxSteps) this.#events = { value: event, before: this.#events };
  }

  stop(): void {
    this.#waiting = undefined;
  }

  /** What was recorded, with the numbers of its constants. */
  async read() {
    const constants = listOf(this.#constants);
    const read: HostTensor[] = [];
    try {
      if (this.#steps > maxSteps) throw tooLong(`it takes more than ${maxSteps} steps`);
      if (this.#constantCount > maxConstants) throw tooLong(`it uses more than ${maxConstants} tensors that no kernel made`);
      let numbers = 0;
      for (const { tensor, data } of constants) {
        numbers += tensor.shape.reduce((size, length) => size * length, 1);
        if (numbers > maxNumbers) throw tooLong(`the tensors that no kernel made hold more than ${maxNumbers} numbers`);
        const found = data === undefined || data === 'held' ? await this.#backend.read(tensor.dataId) : data;
        read.push(new HostTensor(tensor.shape, tensor.dtype as Dtype, found as TensorData));
      }
    } finally {
      for (const { tensor, data } of constants) if (data === 'held') this.#release(tensor.dataId);
    }
    const before = constants.flatMap((constant, index): [number, number][] => (constant.before ? [[index, constant.number]] : []));
    return { constants: read, before, steps: listOf(this.#events).map(stepOf) };
  }

  #release(dataId: Tensor['dataId']): void {
    if (this.#backend.disposeData(dataId)) this.#engine.removeDataId(dataId, this.#backend);
  }
}

function stepOf(event: Event): Step {
  if (isArray(event)) return event;
  const { kernel, inputs, attributes, outputs, isList } = event;
  const named = listOf(inputs);
  const numbers: Numbers = isList ? named.map(([, number]) => number) : Object.fromEntries(named);
  return ['kernel', kernel, numbers, attributes as Record<string, unknown>, listOf(outputs)];
}

function listOf<T>(last: Link<T> | undefined): T[] {
  const list: T[] = [];
  for (let link = last; link !== undefined; link = link.before) list.push(link.value);
  return list.toReversed();
}

function templateOf(tf: Tensors, value: unknown, number: (tensor: Tensor) => number): Template {
  if (value instanceof tf.Tensor) return ['t', number(value)];
  if (typeof value === 'number') return ['n', String(value)];
  if (isArray(value)) return ['l', value.map((part) => templateOf(tf, part, number))];
  return ['o', Object.entries(value as object).map(([name, part]) => [name, templateOf(tf, part, number)])];
}

const tooLong = (why: string) => new SubjectFailure('broken-rule', `the pass cannot be traced: ${why}`);
