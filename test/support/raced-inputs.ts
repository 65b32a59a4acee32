import { HostTensor } from '../../src/wire/tensor.ts';

/** Inputs of a race, and what a pass would see of them that leaves something out. */
export type RacedTensors = Readonly<Record<string, HostTensor | number>>;

/** The inputs with these steps alone. Whatever has an axis of T steps behind its batch runs over time. */
export const withoutSteps = (input: RacedTensors, T: number, keep: (t: number) => boolean): RacedTensors =>
  changeTensors(input, (x) => (timeOf(x, T) === undefined ? x : take(x, timeOf(x, T)!, keep)));

/** All but each n-th step, the last of each n. */
export const everyOther = (n: number) => (t: number) => t % n !== n - 1;

/** What runs over time, with zeros in the second half of its last axis. */
export const halfOfTheFeatures = (input: RacedTensors, T: number): RacedTensors =>
  changeTensors(input, (x) => {
    const length = x.shape.at(-1)!;
    return timeOf(x, T) === undefined ? x : changeNumbers(x, (value, index) => (index % length < length / 2 ? value : 0));
  });

/** Every tensor in fewer digits: eight of them binary, or 255 values from the largest down to its negative. */
export const rounded = (input: RacedTensors, to: 'bfloat16' | 'int8'): RacedTensors =>
  changeTensors(input, to === 'int8' ? toEightBits : toBfloat16);

/** The last step of an answer over time, of however many steps. */
export function lastOf(answer: HostTensor): HostTensor {
  const axis = answer.shape.length - 2;
  return take(answer, axis, (t) => t === answer.shape[axis]! - 1);
}

/** Each sequence's answer in the place of the one before it; each head's where there is one sequence. */
export function otherRow(answer: HostTensor): HostTensor {
  const axis = answer.shape[0]! > 1 ? 0 : 1;
  const rows = Array.from({ length: answer.shape[axis]! }, (_, row) => take(answer, axis, (at) => at === (row + 1) % answer.shape[axis]!));
  return new HostTensor(answer.shape, 'float32', Float32Array.from(rows.flatMap(({ data }) => [...data])));
}

const timeOf = ({ shape }: HostTensor, T: number) => (shape.length > 2 && shape.at(-2) === T ? shape.length - 2 : undefined);

const changeTensors = (input: RacedTensors, change: (x: HostTensor) => HostTensor): RacedTensors =>
  Object.fromEntries(Object.entries(input).map(([name, value]) => [name, typeof value === 'number' ? value : change(value)]));

const changeNumbers = ({ shape, data }: HostTensor, change: (value: number, index: number) => number) =>
  new HostTensor(shape, 'float32', Float32Array.from(data, change));

/** The slices of one axis that are to stay. */
function take({ shape, data }: HostTensor, axis: number, keep: (at: number) => boolean): HostTensor {
  const inner = shape.slice(axis + 1).reduce((size, length) => size * length, 1);
  const length = shape[axis]!;
  const kept = Float32Array.from([...data].filter((_, index) => keep(Math.floor(index / inner) % length)));
  return new HostTensor(shape.with(axis, kept.length / (data.length / length)), 'float32', kept);
}

/** Rounds the 24 binary digits of float32 to eight. */
function toBfloat16(x: HostTensor): HostTensor {
  const [bits, dropped] = [new Uint32Array(Float32Array.from(x.data).buffer), 16];
  const half = 1 << (dropped - 1);
  const data = new Float32Array(bits.map((word) => ((word + half) >>> dropped) << dropped).buffer);
  return new HostTensor(x.shape, 'float32', data);
}

function toEightBits(x: HostTensor): HostTensor {
  const unit = [...x.data].reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
  return changeNumbers(x, (value) => Math.round(value / unit) * unit);
}
