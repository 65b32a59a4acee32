import { defineOracle } from '#authoring';

interface SinusoidalInput extends Record<string, number> {
  T: number;
  D: number;
}

interface RotaryInput extends Record<string, number | number[][][][]> {
  x: number[][][][]; // [B][N][T][d]
  offset: number;
  theta: number;
}

/** out[t][2i] = sin(t 10000^(-2i/D)), out[t][2i+1] = cos(t 10000^(-2i/D)). */
function sinusoidalPositions({ T, D }: SinusoidalInput): { out: number[][] } {
  return eachPosition(T, D, (t, i) => {
    const angle = t * 10_000 ** ((-2 * i) / D);
    return [Math.sin(angle), Math.cos(angle)];
  });
}

/** The pair (x[2i], x[2i+1]) of row t, turned by the angle (t + offset) theta^(-2i/d). */
function rotaryPositions({ x, offset, theta }: RotaryInput): { out: number[][][][] } {
  return eachRow(x, (row, t) => turn(row, (i) => (t + offset) * theta ** ((-2 * i) / row.length)));
}

/** A table [T][D] from the two numbers of every position and pair. */
function eachPosition(T: number, D: number, pair: (t: number, i: number) => [even: number, odd: number]): { out: number[][] } {
  return { out: range(T).map((t) => range(D / 2).flatMap((i) => pair(t, i))) };
}

/** Applies something to the row of every sequence, head `j` and position `t` by itself. */
function eachRow(x: number[][][][], change: (row: number[], t: number, j: number) => number[]): { out: number[][][][] } {
  return { out: x.map((heads) => heads.map((head, j) => head.map((row, t) => change(row, t, j)))) };
}

/** Turns each pair of neighbours by an angle of its own, anticlockwise. */
function turn(row: number[], angle: (i: number) => number): number[] {
  return pairsOf(row).flatMap(([even, odd], i) => {
    const [cos, sin] = [Math.cos(angle(i)), Math.sin(angle(i))];
    return [even * cos - odd * sin, even * sin + odd * cos];
  });
}

const range = (length: number) => Array.from({ length }, (_, index) => index);
const pairsOf = (row: number[]) => range(row.length / 2).map((i) => [row[2 * i], row[2 * i + 1]] as const);
const evens = (row: number[]) => row.filter((_, column) => column % 2 === 0);
const odds = (row: number[]) => row.filter((_, column) => column % 2 === 1);

/** Both passes with another angle for position t and pair i of a width and base. */
const withAngle = (angle: (t: number, i: number, width: number, base: number) => number) => ({
  sinusoidalPositions: ({ T, D }: SinusoidalInput) =>
    eachPosition(T, D, (t, i) => [Math.sin(angle(t, i, D, 10_000)), Math.cos(angle(t, i, D, 10_000))]),
  rotaryPositions: ({ x, offset, theta }: RotaryInput) => eachRow(x, (row, t) => turn(row, (i) => angle(t + offset, i, row.length, theta))),
});

export const oracle = defineOracle({
  passes: { sinusoidalPositions, rotaryPositions },
  misconceptions: {
    'half-split': {
      when: 'the first half of the columns is paired with the second half instead of each column with its neighbour',
      lookAt: 'Pair i has the columns 2i and 2i + 1, side by side: even columns and odd columns, not a left and a right half.',
      passes: {
        sinusoidalPositions: (input: SinusoidalInput) => ({
          out: sinusoidalPositions(input).out.map((row) => [...evens(row), ...odds(row)]),
        }),
        rotaryPositions: ({ x, offset, theta }: RotaryInput) => {
          const paired = eachRow(x, (row) => range(row.length).map((c) => row[(c >> 1) + (c % 2) * (row.length / 2)])).out;
          return eachRow(rotaryPositions({ x: paired, offset, theta }).out, (row) => [...evens(row), ...odds(row)]);
        },
      },
    },
    'sine-and-cosine-exchanged': {
      when: 'sine and cosine have changed places',
      lookAt: 'At position 0 every sine is 0 and every cosine is 1: what must the answer be there?',
      passes: {
        sinusoidalPositions: (input: SinusoidalInput) => ({
          out: sinusoidalPositions(input).out.map((row) => pairsOf(row).flatMap(([sin, cos]) => [cos, sin])),
        }),
        rotaryPositions: ({ x, offset, theta }: RotaryInput) =>
          eachRow(x, (row, t) => turn(row, (i) => Math.PI / 2 - (t + offset) * theta ** ((-2 * i) / row.length))),
      },
    },
    'exponent-without-the-two': {
      when: 'pair i has the exponent i / D instead of 2i / D, so that the slowest pair is still far too fast',
      lookAt: 'i counts pairs and runs to D / 2 only, so 2i / D is what runs from 0 to nearly 1.',
      passes: withAngle((t, i, width, base) => t * base ** (-i / width)),
    },
    'a-frequency-for-each-column': {
      when: 'every column has a frequency of its own, so that the two of a pair are no sine and cosine of one angle',
      lookAt: 'Columns 2i and 2i + 1 have the same angle: one is its sine, the other its cosine.',
      passes: {
        sinusoidalPositions: ({ T, D }: SinusoidalInput) =>
          eachPosition(T, D, (t, i) => [Math.sin(t * 10_000 ** ((-2 * i) / D)), Math.cos(t * 10_000 ** (-(2 * i + 1) / D))]),
        rotaryPositions: ({ x, offset, theta }: RotaryInput) =>
          eachRow(x, (row, t) =>
            pairsOf(row).flatMap(([even, odd], i) => {
              const [first, second] = [2 * i, 2 * i + 1].map((column) => (t + offset) * theta ** (-column / row.length));
              return [even * Math.cos(first) - odd * Math.sin(first), even * Math.sin(second) + odd * Math.cos(second)];
            }),
          ),
      },
    },
    'another-base': {
      when: 'the base of the frequencies is 1000',
      lookAt: 'The base is 10,000, four zeros.',
      passes: {
        sinusoidalPositions: ({ T, D }: SinusoidalInput) =>
          eachPosition(T, D, (t, i) => [Math.sin(t * 1000 ** ((-2 * i) / D)), Math.cos(t * 1000 ** ((-2 * i) / D))]),
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
      passes: withAngle((t, i, width, base) => (t + 1) * base ** ((-2 * i) / width)),
    },
    'offset-ignored': {
      when: 'the first row stands at position 0, whatever the offset says',
      lookAt: 'Row t stands at position t + offset, and the angle is that position times the frequency.',
      passes: { rotaryPositions: ({ x, theta }: RotaryInput) => rotaryPositions({ x, offset: 0, theta }) },
    },
    'turned-the-other-way': {
      when: 'every pair is turned clockwise, with the minus in front of the other sine',
      lookAt: 'The pair (1, 0) turned by a small angle becomes (cos, sin), both positive.',
      passes: {
        rotaryPositions: ({ x, offset, theta }: RotaryInput) =>
          eachRow(x, (row, t) => turn(row, (i) => -(t + offset) * theta ** ((-2 * i) / row.length))),
      },
    },
    'minus-forgotten': {
      when: 'both numbers of a pair are sums, without a minus anywhere, which is no turning at all',
      lookAt: 'Turning keeps the length of a pair, and for that exactly one of the two sines has a minus.',
      passes: {
        rotaryPositions: ({ x, offset, theta }: RotaryInput) =>
          eachRow(x, (row, t) =>
            pairsOf(row).flatMap(([even, odd], i) => {
              const angle = (t + offset) * theta ** ((-2 * i) / row.length);
              return [even * Math.cos(angle) + odd * Math.sin(angle), even * Math.sin(angle) + odd * Math.cos(angle)];
            }),
          ),
      },
    },
    'in-degrees': {
      when: 'the angle is taken for degrees and multiplied by pi / 180',
      lookAt: 'Angles are in radians throughout, and the sines of Math and of TensorFlow.js take radians.',
      passes: withAngle((t, i, width, base) => ((t * Math.PI) / 180) * base ** ((-2 * i) / width)),
    },
    'head-taken-for-position': {
      when: 'a row is turned by the number of its head instead of its position, because the wrong axis is taken for time',
      lookAt: 'x is [B, N, T, d]: the heads come before the positions, so T is the third length of the shape.',
      passes: {
        rotaryPositions: ({ x, offset, theta }: RotaryInput) =>
          eachRow(x, (row, _, j) => turn(row, (i) => (j + offset) * theta ** ((-2 * i) / row.length))),
      },
    },
  },
});
