import { HostTensor, isBranch, type Dtype, type Tree } from '../wire/tensor.ts';

/** Numbers in nested lists: `x[b][t][i]`. Oracles are written in them because they read like the paper. */
export type Nested = number | Nested[];

/** Nested lists of a given rank, such as `number[][]` for `[number, number]`. */
export type NestedOf<Shape extends readonly number[]> = Shape extends readonly [number, ...infer Rest extends readonly number[]]
  ? NestedOf<Rest>[]
  : number;

/** What a specification takes and gives: named numbers and nested lists. A tensor on the host may stand for a large input. */
export type Named = { readonly [name: string]: Nested | HostTensor };

/** What a pass answers with, in nested lists: one, or one object of named ones. */
export type NestedAnswer = Nested | { readonly [name: string]: Nested };

/** The shape of nested lists, read off their first elements. */
export function shapeOf(nested: Nested): number[] {
  const shape: number[] = [];
  for (let level: Nested | undefined = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape;
}

/** Nested lists as a tensor; float32 rounds each number once. */
export function toTensor(nested: Nested, dtype: Dtype = 'float32'): HostTensor {
  const flat = flatten(nested);
  return new HostTensor(
    shapeOf(nested),
    dtype,
    dtype === 'float32' ? Float32Array.from(flat) : dtype === 'int32' ? Int32Array.from(flat) : Uint8Array.from(flat),
  );
}

/** A tensor as nested lists of float64 numbers; a scalar becomes a number. */
export function toNested({ shape, data }: HostTensor): Nested {
  return reshape(data, shape);
}

/** All numbers in row-major order, in a list of their own. */
export function flatten(nested: Nested): number[] {
  const flat: number[] = [];
  const collect = (part: Nested): void => {
    if (Array.isArray(part)) for (const inner of part) collect(inner);
    else flat.push(part);
  };
  collect(nested);
  return flat;
}

/** Numbers in row-major order as nested lists of a shape. */
export function reshape(flat: ArrayLike<number>, shape: readonly number[]): Nested {
  let next = 0;
  const build = (axis: number): Nested =>
    axis === shape.length ? (flat[next++] as number) : Array.from({ length: shape[axis] as number }, () => build(axis + 1));
  return build(0);
}

/** What a pass answered, in nested lists. */
export function answerToNested(answer: Tree): NestedAnswer {
  if (isBranch(answer)) return Object.fromEntries(Object.entries(answer).map(([name, part]) => [name, answerToNested(part) as Nested]));
  if (answer instanceof HostTensor) return toNested(answer);
  return typeof answer === 'number' ? answer : answer.map((part) => answerToNested(part) as Nested);
}
