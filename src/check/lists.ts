import type { Nested } from './nested.ts';

/** Nested-list mathematics for specifications and tests: float64, one word for one operation, nothing clever. Shapes as in the lessons. */

export type Row = number[]; // [n]
export type Matrix = number[][]; // [n][m]

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
export const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;
/** a · b, both [n]. */
export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, value, i) => total + value * (b[i] as number), 0);
export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** row W: a row vector [n] times a matrix [n][m], a row [m]. */
export const rowTimes = (row: readonly number[], W: Matrix): Row =>
  (W[0] as Row).map((_, j) => row.reduce((z, value, i) => z + value * ((W[i] as Row)[j] as number), 0));
/** A B: [n][m] times [m][k]. */
export const matmul = (A: Matrix, B: Matrix): Matrix => A.map((row) => rowTimes(row, B));
export const transpose = <T>(rows: readonly (readonly T[])[]): T[][] =>
  (rows[0] as readonly T[]).map((_, j) => rows.map((row) => row[j] as T));
/** What a transposed weight does where only a square one lets it pass. */
export const transposeSquare = (W: Matrix): Matrix => (W.length === W[0]?.length ? transpose(W) : W);

/** e^x over the sum of e^x, the largest number taken off first, so that nothing overflows. */
export function softmax(scores: readonly number[]): Row {
  const largest = Math.max(...scores);
  const e = scores.map((score) => Math.exp(score - largest));
  const total = sum(e);
  return e.map((value) => value / total);
}

/** log of the sum of e^x, the largest number taken off first and put back after the logarithm. */
export function logSumExp(scores: readonly number[]): number {
  const largest = Math.max(...scores);
  return largest + Math.log(sum(scores.map((score) => Math.exp(score - largest))));
}

/** How well one query [d] fits each key [s][d]: the dot product, divided so that its size does not grow with d. */
export const scaledScores = (query: Row, keys: Matrix): Row => keys.map((key) => dot(query, key) / Math.sqrt(query.length));

/** The sum of rows, each times its weight: as many rows as there are weights, [s] and [s][d] to [d]. */
export const weightedSum = (weights: readonly number[], rows: Matrix): Row =>
  (rows[0] as Row).map((_, j) => weights.reduce((total, weight, s) => total + weight * ((rows[s] as Row)[j] as number), 0));

/** out[t] = x[0] + ... + x[t]. */
export function cumulativeSum(x: readonly number[]): Row {
  let total = 0;
  return x.map((value) => (total += value));
}

/** Every number changed by itself; the lists stay as they are. */
export function mapNumbers<X extends Nested>(x: X, change: (value: number) => number): X {
  return (Array.isArray(x) ? x.map((part) => mapNumbers(part, change)) : change(x)) as X;
}

/** Two lists of one shape, number by number. */
export function zipNumbers<X extends Nested>(x: X, y: X, join: (a: number, b: number) => number): X {
  return (Array.isArray(x) ? x.map((part, i) => zipNumbers(part, (y as Nested[])[i] as Nested, join)) : join(x, y as number)) as X;
}

export const add = <X extends Nested>(x: X, y: X): X => zipNumbers(x, y, (a, b) => a + b);
export const scale = <X extends Nested>(factor: number, x: X): X => mapNumbers(x, (value) => factor * value);
export const zerosLike = <X extends Nested>(x: X): X => mapNumbers(x, () => 0);
export const onesLike = <X extends Nested>(x: X): X => mapNumbers(x, () => 1);

/** The lists along one axis, changed: axis 0 is the outermost. */
export function mapAxis<X extends Nested>(x: X, axis: number, change: (list: Nested[]) => Nested[]): X {
  const list = x as Nested[];
  return (axis === 0 ? change(list) : list.map((part) => mapAxis(part, axis - 1, change))) as X;
}

/** x from `start` to before `end` along one axis, such as the first steps of every sequence. */
export const cut = <X extends Nested>(x: X, axis: number, start: number, end?: number): X =>
  mapAxis(x, axis, (list) => list.slice(start, end));

/** x with 1,000 added from `start` on along one axis: so much that nothing that looks there can stay the same. */
export const raiseFrom = <X extends Nested>(x: X, axis: number, start: number): X =>
  mapAxis(x, axis, (list) => list.map((part, t) => (t < start ? part : mapNumbers(part, (value) => value + 1000))));

/** The states before each step instead of after it, h[t-1] in the place of h[t]: h [B][T][...] and h0 [B][...]. */
export const statesBefore = <State>(h: readonly State[][], h0: readonly State[]): State[][] =>
  h.map((states, n) => [h0[n] as State, ...states.slice(0, -1)]);

/** 0, 1, ..., length - 1. */
export const range = (length: number): Row => Array.from({ length }, (_, index) => index);
/** Ones on the diagonal, [n][n] or [n][m]. */
export const identity = (rows: number, columns = rows): Matrix => range(rows).map((i) => range(columns).map((j) => (i === j ? 1 : 0)));

/** One specification for several passes of the same function. */
export const samePasses =
  <const Names extends readonly string[]>(...names: Names) =>
  <Specification>(specification: Specification): Record<Names[number], Specification> =>
    Object.fromEntries(names.map((name) => [name, specification])) as Record<Names[number], Specification>;
