import type { Tensor } from '@tensorflow/tfjs';

import type { Tensors } from '../device/device.ts';
import { readAnswer } from './read-answer.ts';
import { SubjectFailure, type KernelTrace } from '../wire/subject.ts';
import { HostTensor } from '../wire/tensor.ts';

interface Script {
  readonly inputs: Readonly<Record<string, number>>;
  readonly constants: readonly number[];
  readonly steps: readonly Step[];
  readonly answer: Readonly<Record<string, number>>;
}

/** Inputs by name, or in a list as `concat` has them. */
type Numbers = readonly number[] | Readonly<Record<string, number>>;
type Step = readonly [kernel: string, inputs: Numbers, attributes: Readonly<Record<string, unknown>>, outputs: readonly number[]];
type Kernel = (name: string, inputs: object, attributes?: Record<string, unknown>) => Tensor | Tensor[];

/** Runs a pass and traces its kernels. A trace is believed only as far as its replay gives the right answers. */
export async function traceKernels(
  tf: Tensors,
  run: (tensors: Record<string, unknown>) => unknown,
  tensors: Record<string, unknown>,
): Promise<KernelTrace> {
  const engine = tf.engine() as unknown as { runKernel: Kernel };
  const own = Object.getOwnPropertyDescriptor(engine, 'runKernel');
  const original = engine.runKernel.bind(engine);
  const inputs = numbersOf(tf, tensors);
  const seen = new Set(Object.values(inputs));
  const [constants, steps]: [Map<number, Tensor>, Step[]] = [new Map(), []];
  const number = (value: Tensor) => {
    if (!seen.has(value.id)) constants.set(value.id, tf.keep(original('Identity', { x: value }) as Tensor)); // its owner may free it before it is read
    seen.add(value.id);
    return value.id;
  };
  engine.runKernel = (kernel, given, attributes = {}) => {
    const numbered = Array.isArray(given)
      ? given.map((value: Tensor) => number(value))
      : Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value instanceof tf.Tensor ? [[name, number(value)]] : [])));
    const made = original(kernel, given, attributes);
    const outputs = [made].flat().map(({ id }) => id);
    for (const id of outputs) seen.add(id);
    steps.push([kernel, numbered, attributes, outputs]);
    return made;
  };
  try {
    const answer = await run(tensors);
    const script: Script = {
      inputs,
      answer: numbersOf(tf, answer instanceof tf.Tensor ? { answer } : (answer as object)),
      constants: [...constants.keys()],
      steps,
    };
    const read: HostTensor[] = [];
    for (const constant of constants.values()) read.push((await readAnswer(tf, constant)) as HostTensor);
    return { text: JSON.stringify(script, asPlain), constants: read };
  } finally {
    if (own === undefined) delete (engine as Partial<typeof engine>).runKernel;
    else Object.defineProperty(engine, 'runKernel', own);
    tf.dispose([...constants.values()]);
  }
}

/** A trace as a pass: it runs the same kernels on other inputs. Throws `SubjectFailure` where it is none. */
export function asPass(tf: Tensors, { text, constants }: KernelTrace): (tensors: Record<string, unknown>) => Record<string, Tensor> {
  const script = JSON.parse(text, fromPlain) as Script;
  const runKernel = (tf.engine() as unknown as { runKernel: Kernel }).runKernel.bind(tf.engine());
  const kept = constants.map(({ data, shape, dtype }) => tf.keep(tf.tensor(data, [...shape], dtype)));
  return (tensors) =>
    tf.tidy(() => {
      const known = new Map<number, unknown>(script.constants.map((id, index) => [id, kept[index]]));
      for (const [name, id] of Object.entries(script.inputs)) known.set(id, tensors[name]);
      const find = (id: number) => known.get(id) ?? notTraced();
      for (const [kernel, inputs, attributes, outputs] of script.steps) {
        const given = Array.isArray(inputs)
          ? inputs.map(find)
          : Object.fromEntries(Object.entries(inputs).map(([name, id]: [string, number]) => [name, find(id)]));
        const made = runKernel(kernel, given, { ...attributes });
        for (const [index, tensor] of [made].flat().entries()) known.set(outputs[index] ?? 0, tensor);
      }
      return Object.fromEntries(Object.entries(script.answer).map(([name, id]) => [name, find(id) as Tensor]));
    });
}

function numbersOf(tf: Tensors, named: object): Record<string, number> {
  return Object.fromEntries(Object.entries(named).flatMap(([name, value]) => (value instanceof tf.Tensor ? [[name, value.id]] : [])));
}

/** JSON knows neither infinities nor typed arrays, and kernels take both. */
function asPlain(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { '#': String(value) };
  return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
}

function fromPlain(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && '#' in value ? Number(value['#']) : value;
}

function notTraced(): never {
  throw new SubjectFailure('bad-answer', 'the kernel trace uses a tensor that it never made');
}
