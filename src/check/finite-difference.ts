import type { Expected } from './compare.ts';
import { flatten, shapeOf, type Named, type Nested } from './nested.ts';

const step = 1e-5; // in float64 the central difference is then right to about 1e-10 for numbers near one: truncation and rounding meet there

/** Gradient of `sum(output * cotangent)` by each named input, by central differences in float64. */
export function finiteDifferences(specification: (input: Named) => Expected, input: Named, of: string, cotangent: Nested, by: readonly string[]): Record<string, Nested> {
  const weights = flatten(cotangent);
  const scalar = (changed: Named): number => {
    const answer = specification(changed);
    const output = flatten((of === '' ? answer : (answer as Record<string, Nested>)[of]) as Nested);
    return output.reduce((sum, value, index) => sum + value * (weights[index] as number), 0);
  };
  return Object.fromEntries(
    by.map((name) => {
      const value = input[name] as Nested;
      const gradient = flatten(value).map((_, index) => (scalar({ ...input, [name]: nudged(value, index, step) }) - scalar({ ...input, [name]: nudged(value, index, -step) })) / (2 * step));
      return [name, reshape(gradient, shapeOf(value))];
    }),
  );
}

function nudged(value: Nested, index: number, by: number): Nested {
  const flat = flatten(value);
  flat[index] = (flat[index] as number) + by;
  return reshape(flat, shapeOf(value));
}

/** Numbers in row-major order as nested lists of a shape. */
export function reshape(flat: readonly number[], shape: readonly number[]): Nested {
  if (shape.length === 0) return flat[0] as number;
  const [length = 0, ...inner] = shape;
  const stride = flat.length / length;
  return Array.from({ length }, (_, index) => reshape(flat.slice(index * stride, (index + 1) * stride), inner));
}

