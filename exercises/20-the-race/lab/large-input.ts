import { HostTensor, type Random } from '#authoring';

export type Sizes = Record<'B' | 'T' | 'D' | 'heads', number>;

/** The input at the chapter's size, on the host: four million numbers are too many for nested lists. Marsaglia's xorshift (2003), uniform, of the same variances as the small inputs. */
export function drawLarge(random: Random, { B, T, D, heads }: Sizes): Record<string, HostTensor | number> {
  let bits = random.integers([1], 1, 2 ** 31)[0];
  const next = () => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return (bits * Math.sqrt(3)) / 2 ** 31;
  };
  const tensor = (scale: number, ...shape: number[]) =>
    new HostTensor(
      shape,
      'float32',
      new Float32Array(shape.reduce((size, length) => size * length, 1)).map(() => scale * next()),
    );
  const weights = Object.fromEntries(['Wx', 'Wh', 'Wq', 'Wk', 'Wv', 'Wo'].map((name) => [name, tensor(D ** -0.5, D, D)]));
  return { x: tensor(1, B, T, D), h0: tensor(0.5, B, D), b: tensor(0.5, D), ...weights, heads };
}
