import type { Tensor } from '@tensorflow/tfjs';

import type { Tensors } from '../device/device.ts';
import { SubjectFailure } from '../wire/subject.ts';
import { HostTensor, type Dtype, type TensorData } from '../wire/tensor.ts';
import type { Hooks } from './engine-hooks.ts';
import { maxConstants, maxNumbers } from './trace-script.ts';
import { get, listOf, set, type Link } from './untouched.ts';

interface Constant {
  readonly number: number;
  readonly tensor: Pick<Tensor, 'dtype' | 'shape' | 'dataId'>;
  /** True where it was there before the run. */
  readonly before: boolean;
  /** Once it has been read; `'held'` where the device cannot be read at once, and its data are kept for us. */
  data: TensorData | 'held' | undefined;
}

/** The tensors of a recording that no kernel made, whose numbers the replay needs. One that ends while the pass runs is read before it does. */
export class TraceConstants {
  readonly #engine: ReturnType<Tensors['engine']>;
  readonly #backend: ReturnType<Tensors['backend']>;
  readonly #readSync: Hooks['readSync'];
  readonly #of = new WeakMap<object, Constant>();
  #all: Link<Constant> | undefined;
  #count = 0;

  constructor(tf: Tensors, { readSync }: Hooks) {
    this.#readSync = readSync;
    this.#engine = tf.engine();
    this.#backend = tf.backend();
  }

  /** Keeps a tensor as a constant, and gives its index. */
  keep(tensor: Tensor, number: number, before: boolean): number {
    const index = this.#count++;
    if (index >= maxConstants) return index;
    const { dtype, shape, dataId } = tensor;
    const constant: Constant = { number, tensor: { dtype, shape, dataId }, before, data: undefined };
    set(this.#of, tensor, constant);
    this.#all = { value: constant, before: this.#all };
    return index;
  }

  /** Its owner lets a tensor go: what it holds is read, without a tensor more that the owner could count. */
  ends(tensor: Tensor): void {
    const constant = get(this.#of, tensor);
    if (constant === undefined || constant.data !== undefined) return;
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

  /** Their numbers, and which of them were there before the run. */
  async read(): Promise<{ constants: HostTensor[]; before: [index: number, number: number][] }> {
    const all = listOf(this.#all);
    const constants: HostTensor[] = [];
    try {
      if (this.#count > maxConstants) throw tooLong(`it uses more than ${maxConstants} tensors that no kernel made`);
      let numbers = 0;
      for (const { tensor, data } of all) {
        numbers += tensor.shape.reduce((size, length) => size * length, 1);
        if (numbers > maxNumbers) throw tooLong(`the tensors that no kernel made hold more than ${maxNumbers} numbers`);
        const found = data === undefined || data === 'held' ? await this.#backend.read(tensor.dataId) : data;
        constants.push(new HostTensor(tensor.shape, tensor.dtype as Dtype, found as TensorData));
      }
    } finally {
      this.release();
    }
    return { constants, before: all.flatMap(({ before, number }, index): [number, number][] => (before ? [[index, number]] : [])) };
  }

  /** Gives back what is held; a second time it does nothing. */
  release(): void {
    for (const constant of listOf(this.#all)) {
      if (constant.data !== 'held') continue;
      constant.data = undefined;
      const { dataId } = constant.tensor;
      if (this.#backend.disposeData(dataId)) this.#engine.removeDataId(dataId, this.#backend);
    }
  }
}

export const tooLong = (why: string) => new SubjectFailure('broken-rule', `the pass cannot be traced: ${why}`);
