import { defineOracle, mapAxis, range, transpose } from '#authoring';

type SinusoidalInput = {
  T: number;
  D: number;
};

type RotaryInput = {
  x: number[][][][]; // [B][N][T][d]
  offset: number;
  theta: number;
};

type Pair = readonly [even: number, odd: number];

/** out[t][2i] = sin(t 10000^(-2i/D)), out[t][2i+1] = cos(t 10000^(-2i/D)). */
function sinusoidalPositions({ T, D }: SinusoidalInput): { out: number[][] } {
  return eachPosition(T, D, (t, i) => sineAndCosine(t * frequency(i, D, 10_000)));
}

/** The pair (x[2i], x[2i+1]) of row t, turned by the angle (t + offset) theta^(-2i/d). */
function rotaryPositions({ x, offset, theta }: RotaryInput): { out: number[][][][] } {
  return eachPair(x, (pair, t, i, d) => turned(pair, (t + offset) * frequency(i, d, theta)));
}

/** base^(-2i/width): pair 0 turns by a whole radian at each position, the others ever more slowly. */
function frequency(i: number, width: number, base: number): number {
  return base ** ((-2 * i) / width);
}

function sineAndCosine(angle: number): Pair {
  return [Math.sin(angle), Math.cos(angle)];
}

/** A pair turned anticlockwise. */
function turned([even, odd]: Pair, angle: number): Pair {
  const [sin, cos] = sineAndCosine(angle);
  return [even * cos - odd * sin, even * sin + odd * cos];
}

/** A table [T][D] from the two numbers of every position and pair. */
function eachPosition(T: number, D: number, pair: (t: number, i: number) => Pair): { out: number[][] } {
  return { out: range(T).map((t) => range(D / 2).flatMap((i) => pair(t, i))) };
}

/** Changes pair i of position t in every sequence and head, in rows of d numbers. */
function eachPair(x: number[][][][], change: (pair: Pair, t: number, i: number, d: number) => Pair): { out: number[][][][] } {
  const rows = (head: number[][]) =>
    head.map((row, t) => range(row.length / 2).flatMap((i) => change([row[2 * i], row[2 * i + 1]], t, i, row.length)));
  return { out: x.map((heads) => heads.map(rows)) };
}

/** Both passes with another angle for position t and pair i of a width and base. */
const withAngle = (angle: (t: number, i: number, width: number, base: number) => number) => ({
  sinusoidalPositions: ({ T, D }: SinusoidalInput) => eachPosition(T, D, (t, i) => sineAndCosine(angle(t, i, D, 10_000))),
  rotaryPositions: ({ x, offset, theta }: RotaryInput) => eachPair(x, (pair, t, i, d) => turned(pair, angle(t + offset, i, d, theta))),
});

/** The columns of pairs side by side as a half of even ones and a half of odd ones, and back. */
const apart = <X>(row: X[]) => [...row.filter((_, column) => column % 2 === 0), ...row.filter((_, column) => column % 2 === 1)];
const together = <X>(row: X[]) => range(row.length / 2).flatMap((i) => [row[i], row[i + row.length / 2]]);

export const oracle = defineOracle({
  passes: { sinusoidalPositions, rotaryPositions },
  misconceptions: {
    'half-split': {
      when: 'the first half of the columns is paired with the second half instead of each column with its neighbour',
      lookAt: 'Pair i has the columns 2i and 2i + 1, side by side: even columns and odd columns, not a left and a right half.',
      passes: {
        sinusoidalPositions: (input: SinusoidalInput) => ({ out: mapAxis(sinusoidalPositions(input).out, 1, apart) }),
        rotaryPositions: ({ x, ...input }: RotaryInput) => ({
          out: mapAxis(rotaryPositions({ ...input, x: mapAxis(x, 3, together) }).out, 3, apart),
        }),
      },
    },
    'sine-and-cosine-exchanged': {
      when: 'sine and cosine have changed places',
      lookAt: 'At position 0 every sine is 0 and every cosine is 1: what must the answer be there?',
      passes: withAngle((t, i, width, base) => Math.PI / 2 - t * frequency(i, width, base)),
    },
    'exponent-without-the-two': {
      when: 'pair i has the exponent i / D instead of 2i / D, so that the slowest pair is still far too fast',
      lookAt: 'i counts pairs and runs to D / 2 only, so 2i / D is what runs from 0 to nearly 1.',
      passes: withAngle((t, i, width, base) => t * frequency(i / 2, width, base)),
    },
    'a-frequency-for-each-column': {
      when: 'every column has a frequency of its own, so that the two of a pair are no sine and cosine of one angle',
      lookAt: 'Columns 2i and 2i + 1 have the same angle: one is its sine, the other its cosine.',
      passes: {
        sinusoidalPositions: ({ T, D }: SinusoidalInput) =>
          eachPosition(T, D, (t, i) => [Math.sin(t * frequency(i, D, 10_000)), Math.cos(t * frequency(i + 0.5, D, 10_000))]),
        rotaryPositions: ({ x, offset, theta }: RotaryInput) =>
          eachPair(x, (pair, t, i, d) => {
            const [first, second] = [i, i + 0.5].map((half) => (t + offset) * frequency(half, d, theta));
            return [turned(pair, first)[0], turned(pair, second)[1]];
          }),
      },
    },
    'another-base': {
      when: 'the base of the frequencies is 1000',
      lookAt: 'The base is 10,000, four zeros.',
      passes: {
        sinusoidalPositions: ({ T, D }: SinusoidalInput) => eachPosition(T, D, (t, i) => sineAndCosine(t * frequency(i, D, 1000))),
      },
    },
    'theta-ignored': {
      when: 'the base is always 10,000, whatever theta says',
      lookAt: 'theta is an input of the pass: the frequency of pair i is theta^(-2i/d).',
      passes: { rotaryPositions: ({ x, offset }: RotaryInput) => rotaryPositions({ x, offset, theta: 10_000 }) },
    },
    'positions-from-one': {
      when: 'the first position is counted as 1',
      lookAt: 'Positions count from 0, as steps do: row 0 of the table stands for position 0.',
      passes: withAngle((t, i, width, base) => (t + 1) * frequency(i, width, base)),
    },
    'offset-ignored': {
      when: 'the first row stands at position 0, whatever the offset says',
      lookAt: 'Row t stands at position t + offset, and the angle is that position times the frequency.',
      passes: { rotaryPositions: ({ x, theta }: RotaryInput) => rotaryPositions({ x, offset: 0, theta }) },
    },
    'turned-the-other-way': {
      when: 'every pair is turned clockwise, with the minus in front of the other sine',
      lookAt: 'The pair (1, 0) turned by a small angle becomes (cos, sin), both positive.',
      passes: { rotaryPositions: withAngle((t, i, width, base) => -t * frequency(i, width, base)).rotaryPositions },
    },
    'minus-forgotten': {
      when: 'both numbers of a pair are sums, without a minus anywhere, which is no turning at all',
      lookAt: 'Turning keeps the length of a pair, and for that exactly one of the two sines has a minus.',
      passes: {
        rotaryPositions: ({ x, offset, theta }: RotaryInput) =>
          eachPair(x, ([even, odd], t, i, d) => {
            const [sin, cos] = sineAndCosine((t + offset) * frequency(i, d, theta));
            return [even * cos + odd * sin, even * sin + odd * cos];
          }),
      },
    },
    'in-degrees': {
      when: 'the angle is taken for degrees and multiplied by pi / 180',
      lookAt: 'Angles are in radians throughout, and the sines of Math and of TensorFlow.js take radians.',
      passes: withAngle((t, i, width, base) => (Math.PI / 180) * t * frequency(i, width, base)),
    },
    'head-taken-for-position': {
      when: 'a row is turned by the number of its head instead of its position, because the wrong axis is taken for time',
      lookAt: 'x is [B, N, T, d]: the heads come before the positions, so T is the third length of the shape.',
      passes: {
        rotaryPositions: ({ x, ...input }: RotaryInput) => ({
          out: rotaryPositions({ ...input, x: x.map((heads) => transpose(heads)) }).out.map((positions) => transpose(positions)),
        }),
      },
    },
  },
});
