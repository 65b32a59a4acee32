import { SubjectFailure, type KernelTrace } from '../wire/subject.ts';
import { dtypes, HostTensor, sizeOf, type Dtype } from '../wire/tensor.ts';
import { maxDepth, maxParts } from './read-answer.ts';

/** Most steps of a trace: the longest loop that the course counts takes some 2,000. */
export const maxSteps = 100_000;
/** Most tensors that a trace brings along instead of making them. */
export const maxConstants = 20_000;
/** Most numbers in all of them together, so that they fit a frame: 64 MiB. A mask of 2,048 by 2,048 positions has a quarter. */
export const maxNumbers = 1 << 24;
const maxCharacters = 16 << 20; // a step takes some eighty

/** Where tensors stand in an input or an answer; a tensor is its number, and a number stands as text so that infinities can. */
export type Template = ['t', number] | ['n', string] | ['l', Template[]] | ['o', [string, Template][]];

/** Inputs of a kernel by name, or in a list as `concat` has them. */
export type Numbers = readonly number[] | Readonly<Record<string, number>>;

export type Step =
  | ['kernel', name: string, inputs: Numbers, attributes: Readonly<Record<string, unknown>>, outputs: readonly number[]]
  | ['same', from: number, made: number]
  | ['constant', index: number, made: number]
  | ['end', number];

/** A trace as it is run. */
export interface Script {
  readonly inputs: Template;
  readonly answer: Template;
  /** Tensors that were there before the run. */
  readonly before: readonly (readonly [constant: number, number: number])[];
  readonly constants: readonly HostTensor[];
  readonly steps: readonly Step[];
}

type Described = readonly [dtype: Dtype, shape: readonly number[]];

export function writeScript({ constants, ...script }: Script): KernelTrace {
  const described = constants.map(({ dtype, shape }): Described => [dtype, shape]);
  const text = JSON.stringify({ ...script, constants: described }, asPlain);
  return { text, constants: dtypes.map((dtype) => join(dtype, constants)) };
}

/** All constants of one type in one row: the wire has many bytes to give, and few names. */
function join(dtype: Dtype, constants: readonly HostTensor[]): HostTensor {
  const own = constants.filter((constant) => constant.dtype === dtype);
  const length = own.reduce((sum, { data }) => sum + data.length, 0);
  const data = dtype === 'float32' ? new Float32Array(length) : dtype === 'int32' ? new Int32Array(length) : new Uint8Array(length);
  let at = 0;
  for (const constant of own) {
    data.set(constant.data, at);
    at += constant.data.length;
  }
  return new HostTensor([length], dtype, data);
}

/** Reads a trace, which is a stranger's text. Throws `SubjectFailure` unless it is one in every part. */
export function readScript({ text, constants }: KernelTrace): Script {
  if (text.length > maxCharacters) throw noTrace('it is too long');
  const parsed = parse(text);
  const { inputs, answer, before, constants: described, steps } = isObject(parsed) ? parsed : {};
  if (!isTemplate(inputs) || !isTemplate(answer)) throw noTrace('its inputs or its answer are in no form that a pass has');
  if (!isList(described, maxConstants) || !described.every(isDescription)) throw noTrace('its constants are not described');
  if (!isList(before, maxConstants) || !before.every(isPairOfNumbers)) throw noTrace('what was there before is not described');
  if (!isList(steps, maxSteps) || !steps.every(isStep)) throw noTrace('one of its steps is none');
  return { inputs, answer, before, steps, constants: split(described, constants) };
}

/** Cuts the rows into constants again. */
function split(described: readonly Described[], rows: readonly HostTensor[]): HostTensor[] {
  const used = { float32: 0, int32: 0, bool: 0 };
  return described.map(([dtype, shape]) => {
    const row = rows.find((candidate) => candidate.dtype === dtype);
    const [start, end] = [used[dtype], used[dtype] + sizeOf(shape)];
    if (row === undefined || !(end <= row.data.length)) throw noTrace('its constants have fewer numbers than they say');
    used[dtype] = end;
    return new HostTensor(shape, dtype, row.data.slice(start, end));
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, fromPlain) as unknown;
  } catch {
    throw noTrace('it is no JSON');
  }
}

export const noTrace = (why: string) => new SubjectFailure('bad-answer', `the kernel trace cannot be run again: ${why}`);

/** JSON knows neither infinities nor typed arrays, and kernels take both. */
function asPlain(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { '#': String(value) };
  return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
}

function fromPlain(_: string, value: unknown): unknown {
  return isObject(value) && Object.hasOwn(value, '#') ? Number(value['#']) : value;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown, most: number): value is unknown[] => Array.isArray(value) && value.length <= most;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isPairOfNumbers = (value: unknown): value is [number, number] => isList(value, 2) && value.length === 2 && value.every(isCount);

function isDescription(value: unknown): value is Described {
  if (!isList(value, 2)) return false;
  const [dtype, shape] = value;
  return dtypes.some((name) => name === dtype) && isList(shape, 6 /* axes: what TensorFlow.js has */) && shape.every(isCount);
}

function isTemplate(value: unknown, depth = 0): value is Template {
  if (!isList(value, 2) || depth > maxDepth) return false;
  const [kind, what] = value;
  if (kind === 't') return isCount(what);
  if (kind === 'n') return typeof what === 'string';
  if (kind === 'l') return isList(what, maxParts) && what.every((part) => isTemplate(part, depth + 1));
  const isNamed = (part: unknown) => isList(part, 2) && typeof part[0] === 'string' && isTemplate(part[1], depth + 1);
  return kind === 'o' && isList(what, maxParts) && what.every(isNamed);
}

function isStep(value: unknown): value is Step {
  if (!isList(value, 5)) return false;
  const [kind, first, second, third, fourth] = value;
  if (kind === 'end') return isCount(first);
  if (kind === 'same' || kind === 'constant') return isCount(first) && isCount(second);
  const inputs = Array.isArray(second) ? second : isObject(second) ? Object.values(second) : [-1];
  return (
    kind === 'kernel' &&
    typeof first === 'string' &&
    inputs.every(isCount) &&
    isObject(third) &&
    isList(fourth, 10_000) &&
    fourth.every(isCount) // outputs: a row may be split into as many
  );
}
