import { cut, differentiable, dot, exerciseChecks, type Random, range, sum } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [sinusoidal, rotary] = ['sinusoidalPositions', 'rotaryPositions'] as const;

type Heads = number[][][][]; // [B][N][T][d]

/** Numbers of size one, at positions that are all different from the number of the row. */
function draw(random: Random, { B = 2, N = 3, T = 5, d = 8, offset = 4, theta = 10_000 } = {}) {
  return { x: random.normal([B, N, T, d]), offset, theta };
}

/** float32 rounds an angle by about its ten-millionth part before the device takes its sine; a wrong angle is wrong by something like one. */
const near = (position: number) => ({
  times: 2 + position / 5,
  why: `an angle of position ${position} in float32 costs this much; the sine of a GPU can cost more, Math.sin costs nothing`,
});

const frequencies = (D: number, base = 10_000) => range(D / 2).map((i) => base ** ((-2 * i) / D));

check('sinusoid-by-hand', async ({ run, expectClose }) => {
  const { out } = await run(sinusoidal, { T: 3, D: 4 });
  const row = (t: number) => [Math.sin(t), Math.cos(t), Math.sin(t / 100), Math.cos(t / 100)];
  expectClose('out', out, [row(0), row(1), row(2)], near(2));
});

check('sinusoid-start', async ({ run, expectClose }) => {
  for (const [T, D] of [
    [1, 6],
    [4, 10],
  ])
    expectClose(
      `with T = ${T} and D = ${D}, row 0 of out`,
      (await run(sinusoidal, { T, D })).out[0],
      range(D).map((column) => column % 2),
    );
});

check('sinusoid-frequencies', async ({ run, expectClose }) => {
  const [T, D] = [40, 12];
  const { out } = await run(sinusoidal, { T, D });
  const quarters = frequencies(D).map((w) => Math.min(T - 1, Math.round(Math.PI / 2 / w))); // the position nearest to a quarter of a turn
  quarters.forEach((t, i) => {
    const angle = t * frequencies(D)[i];
    expectClose(
      `columns ${2 * i} and ${2 * i + 1} of out at position ${t}`,
      out[t].slice(2 * i, 2 * i + 2),
      [Math.sin(angle), Math.cos(angle)],
      near(t),
    );
  });
});

check('sinusoid-length', async ({ run, expectClose }) => {
  for (const [T, D] of [
    [7, 6],
    [20, 16],
  ]) {
    const { out } = await run(sinusoidal, { T, D });
    expectClose(
      'the length of each row of out, squared,',
      out.map((row) => dot(row, row)),
      out.map(() => D / 2),
      near(T),
    );
  }
});

check('sinusoid-distance', async ({ run, expectClose }) => {
  const [T, D] = [13, 10];
  const { out } = await run(sinusoidal, { T, D });
  const near12 = { ...near(12), times: near(12).times * D }; // D products are added up
  for (const k of [1, 3, 8]) {
    const products = range(T - k).map((t) => dot(out[t], out[t + k]));
    const expected = sum(frequencies(D).map((w) => Math.cos(k * w)));
    expectClose(
      `the dot product of each row of out with the row ${k} further on`,
      products,
      products.map(() => expected),
      near12,
    );
  }
});

check('sinusoid-shift', async ({ run, expectClose }) => {
  const [T, D] = [11, 6];
  const { out } = await run(sinusoidal, { T, D });
  for (const k of [1, 4]) {
    const shifted = range(T - k).map((t) =>
      frequencies(D).flatMap((w, i) => {
        const [sin, cos] = out[t].slice(2 * i, 2 * i + 2);
        return [sin * Math.cos(k * w) + cos * Math.sin(k * w), cos * Math.cos(k * w) - sin * Math.sin(k * w)];
      }),
    );
    expectClose(`out from position ${k} on, held against each row ${k} earlier with its pairs turned,`, out.slice(k), shifted, near(T));
  }
});

check('sinusoidal', async ({ agree }) => {
  for (const [T, D] of [
    [1, 2],
    [2, 12],
    [9, 4],
    [6, 6],
    [23, 14],
  ])
    await agree(sinusoidal, { T, D }, near(T));
});

check('rotary-by-hand', async ({ run, expectClose }) => {
  const { out } = await run(rotary, { x: [[[[1, 0, 0, 2]]]], offset: 3, theta: 100 });
  expectClose('out', out, [[[[Math.cos(3), Math.sin(3), -2 * Math.sin(0.3), 2 * Math.cos(0.3)]]]], near(3));
});

check('rotary-start', async ({ run, expectClose, random }) => {
  for (const T of [1, 4]) {
    const input = draw(random, { T, offset: 0 });
    expectClose('with offset 0, row 0 of out', cut((await run(rotary, input)).out, 2, 0, 1), cut(input.x, 2, 0, 1));
  }
});

check('rotary-length', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 7 });
  const lengths = (x: Heads) => x.map((heads) => heads.map((head) => head.map((row) => range(row.length / 2).map((i) => length(row, i)))));
  const length = (row: number[], i: number) => Math.hypot(row[2 * i], row[2 * i + 1]);
  expectClose('the length of each pair of out', lengths((await run(rotary, input)).out), lengths(input.x));
});

check('rotary-offset', async ({ run, expectClose, random }) => {
  const { x, offset, theta } = draw(random, { T: 9 });
  const { out } = await run(rotary, { x, offset, theta });
  for (const k of [1, 5])
    expectClose(
      `without the first ${k} rows and with an offset ${k} larger, out`,
      (await run(rotary, { x: cut(x, 2, k), offset: offset + k, theta })).out,
      cut(out, 2, k),
      near(offset + 9),
    );
});

check('rotary-relative', async ({ run, expectClose, random }) => {
  const { x, theta } = draw(random, { N: 2, T: 6 }); // head 0 for queries, head 1 for keys
  const scores = (y: Heads) => y.map(([q, k]) => q.map((query) => k.map((key) => dot(query, key))));
  const before = scores((await run(rotary, { x, offset: 0, theta })).out);
  for (const offset of [5, 100, 1000]) {
    const after = scores((await run(rotary, { x, offset, theta })).out);
    expectClose(`the products q . k with everything moved by ${offset} positions`, after, before, near(offset));
  }
});

check('rotary-theta', async ({ run, expectClose, random }) => {
  const { x } = draw(random, { B: 1, N: 1, T: 1 });
  const [row] = x[0][0];
  for (const theta of [16, 500_000]) {
    const expected = frequencies(8, theta).flatMap((w, i) => {
      const [cos, sin] = [Math.cos(2 * w), Math.sin(2 * w)];
      return [row[2 * i] * cos - row[2 * i + 1] * sin, row[2 * i] * sin + row[2 * i + 1] * cos];
    });
    expectClose(
      `with one row at position 2 and theta = ${theta}, out`,
      (await run(rotary, { x, offset: 2, theta })).out,
      [[[expected]]],
      near(2),
    );
  }
});

check('rotary', async ({ agree, random }) => {
  for (const [B, N, T, d] of [
    [2, 3, 5, 4],
    [1, 4, 2, 6],
    [3, 1, 7, 2],
    [2, 6, 6, 6], // N = T = d
    [1, 2, 17, 10],
  ])
    await agree(rotary, draw(random, { B, N, T, d }), near(T + 4));
});

check('gradients', differentiable({ passes: [rotary], input: (random) => draw(random, { T: 4, d: 6 }), of: ['out'], by: ['x'] }));

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(rotary, (T) => draw(random, { T }), 16, 1.05); // the same operations for 16 and 32 positions
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  await expectNoLeaks(sinusoidal, () => ({ T: 5, D: 6 }));
  await expectNoLeaks(rotary, () => draw(random));
});
