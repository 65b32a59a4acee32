import type { Tensors } from '../device/device.ts';
import { SubjectFailure } from '../wire/subject.ts';
import { HostTensor, dtypes, type Dtype, type TensorData, type Tree } from '../wire/tensor.ts';

export const maxParts = 64; // the widest answer of the course has four parts
export const maxDepth = 3; // one object of tensors, or of lists of them (a cache of several layers)

/** Reads what a pass answered into plain values. Throws `SubjectFailure` where it holds anything but tensors and numbers. */
export async function readAnswer(tf: Tensors, answer: unknown, at = 'the answer', depth = 0): Promise<Tree> {
  if (answer instanceof tf.Tensor) return readTensor(answer, at);
  if (typeof answer === 'number') return answer;
  const isContainer = typeof answer === 'object' && answer !== null && !ArrayBuffer.isView(answer);
  if (!isContainer || depth === maxDepth)
    throw new SubjectFailure('bad-answer', `${at} is ${nameOf(answer)}: a pass answers with a tensor or with one object of named tensors`);
  const parts = Object.entries(answer as Record<string, unknown>);
  if (parts.length > maxParts)
    throw new SubjectFailure('bad-answer', `${at} has ${parts.length} parts: a pass answers with at most ${maxParts}`);
  const read: [string, Tree][] = [];
  for (const [name, part] of parts) read.push([name, await readAnswer(tf, part, `${at}'s ${name}`, depth + 1)]);
  return Array.isArray(answer) ? read.map(([, part]) => part) : Object.fromEntries(read);
}

async function readTensor(tensor: InstanceType<Tensors['Tensor']>, at: string): Promise<HostTensor> {
  if (tensor.isDisposed)
    throw new SubjectFailure('bad-answer', `${at} is a tensor that was already disposed of: return it from tf.tidy so that it lives on`);
  const dtype = dtypes.find((name) => name === tensor.dtype);
  if (dtype === undefined) throw new SubjectFailure('bad-answer', `${at} is a tensor of ${tensor.dtype}: use float32, int32 or bool`);
  return new HostTensor(tensor.shape, dtype, ofType(dtype, await tensor.data()));
}

/** The plain JavaScript backend leaves numbers that it casts to a wider type in the array that they came in. */
function ofType(dtype: Dtype, data: TensorData): TensorData {
  const kind = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
  return data instanceof kind ? data : kind.from(data);
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return `${String(value)} (is a return missing?)`;
  if (ArrayBuffer.isView(value)) return 'a typed array';
  return `a ${typeof value}`;
}
