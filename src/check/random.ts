import { createHash } from 'node:crypto';

import type { NestedOf } from './nested.ts';

/**
 * Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", section 4.3).
 * Integer arithmetic alone, so the same key and counter give the same four words on every machine, device and version.
 */
export function philox(
  key: readonly [number, number],
  counter: readonly [number, number, number, number],
): [number, number, number, number] {
  let [k0, k1] = key;
  let [c0, c1, c2, c3] = counter;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1 >>> 0, (high0 ^ c3 ^ k1) >>> 0, low0 >>> 0];
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The upper 32 bits of the 64-bit product of two 32-bit words. */
function multiplyHigh(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(((middle % 0x10000) + aLow * bHigh) / 0x10000)) >>> 0;
}

/** Draws inputs. The same seed and purpose give the same numbers everywhere; every number is exact in float32. */
export class Random {
  readonly #key: [number, number];
  #counter = 0;

  /** `purpose` keeps the draws of different checks apart, such as `15-associative-scan/specification`. */
  constructor(seed: string, purpose: string) {
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, purpose]))
      .digest();
    this.#key = [digest.readUInt32LE(0), digest.readUInt32LE(4)];
  }

  /** Close to a normal distribution of mean 0 and standard deviation `scale`: eight uniform numbers added, which needs no logarithm and is the same everywhere. */
  normal<const Shape extends readonly number[]>(shape: Shape, scale = 1): NestedOf<Shape> {
    const unit = scale / Math.sqrt(8 / 12) / 0x10000; // eight uniform numbers have variance 8/12; each here is an integer below 2^16
    return this.#fill(shape, ([a, b, c, d]) => (halves(a) + halves(b) + halves(c) + halves(d) - 8 * 0x7fff - 4) * unit);
  }

  /** Uniform from `low` to `high`; the rounding to float32 may reach `high` itself. */
  uniform<const Shape extends readonly number[]>(shape: Shape, low = 0, high = 1): NestedOf<Shape> {
    return this.#fill(shape, ([word]) => low + ((high - low) * word) / 2 ** 32);
  }

  /** Whole numbers from `low` up to but without `high`. */
  integers<const Shape extends readonly number[]>(shape: Shape, low: number, high: number): NestedOf<Shape> {
    return this.#fill(shape, ([word]) => low + Math.floor(((high - low) * word) / 2 ** 32));
  }

  #fill<Shape extends readonly number[]>(
    shape: Shape,
    number: (words: readonly [number, number, number, number]) => number,
  ): NestedOf<Shape> {
    const build = (axis: number): unknown =>
      axis === shape.length
        ? Math.fround(number(philox(this.#key, [this.#counter++ >>> 0, 0, 0, 0])))
        : Array.from({ length: shape[axis] as number }, () => build(axis + 1));
    return build(0) as NestedOf<Shape>;
  }
}

const halves = (word: number) => (word & 0xffff) + (word >>> 16);
