import { type NestedAnswer, flatten, reshape, shapeOf, type Named, type Nested } from './nested.ts';

const step = 1e-5; // in float64 the central difference is then right to about 1e-10 for numbers near one: truncation and rounding meet there

/** Gradient of `sum(output * cotangent)` by each named input, by central differences in float64. */
export function finiteDifferences(
  specification: (input: Named) => NestedAnswer,
  input: Named,
  of: string,
  cotangent: Nested,
  by: readonly string[],
): Record<string, Nested> {
  const weights = flatten(cotangent);
  const scalar = (changed: Named): number => {
    const answer = specification(changed);
    const output = flatten((of === '' ? answer : (answer as Record<string, Nested>)[of]) as Nested);
    return output.reduce((sum, value, index) => sum + value * (weights[index] as number), 0);
  };
  return Object.fromEntries(
    by.map((name) => {
      const shape = shapeOf(input[name] as Nested);
      const flat = flatten(input[name] as Nested);
      const at = (index: number, value: number) => scalar({ ...input, [name]: reshape(flat.with(index, value), shape) });
      const gradient = flat.map((value, index) => (at(index, value + step) - at(index, value - step)) / (2 * step));
      return [name, reshape(gradient, shape)];
    }),
  );
}
