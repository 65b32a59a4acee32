import { agrees, batchIndependent, exerciseChecks, type Random } from '#authoring';
import { cut, dot, matmul, type Matrix, type Row, scale, zerosLike } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);

/** Weights of size 1 / sqrt(rows), so that no unit sits at the flat ends of tanh, where every gradient is zero. */
function draw(random: Random, { B = 2, T = 4, I = 3, H = 5 } = {}) {
  return {
    x: random.normal([B, T, I]),
    h0: random.normal([B, H], 0.5),
    Wx: random.normal([I, H], I ** -0.5),
    Wh: random.normal([H, H], H ** -0.5),
    b: random.normal([H], 0.5),
    cotangent: random.normal([B, H]),
  };
}

const drawGradients = (random: Random, size: number) => ({
  g1: random.normal([3, 4], size),
  g2: random.normal([4, 4], 2 * size), // of different sizes, so that one length for all differs from one for each
  g3: random.normal([4], 0.5 * size),
});

const norm = (v: Row) => Math.sqrt(dot(v, v));
const scaledBy = (W: Matrix, factors: readonly number[]) => W.map((row, i) => scale(factors[i % factors.length], row));

/** A rotation: one mirror after the other, each turning the row v round, I - 2 v^T v / |v|^2 (Householder). */
function drawOrthogonal(random: Random, H: number): Matrix {
  const mirrors = random.normal([3, H]).map((v) => v.map((a, i) => v.map((b, j) => Number(i === j) - (2 * a * b) / norm(v) ** 2)));
  return mirrors.reduce((Q, mirror) => matmul(Q, mirror));
}

/** A matrix whose singular values are given: rotation, stretch, rotation. */
const drawStretching = (random: Random, singular: readonly number[]) =>
  matmul(drawOrthogonal(random, singular.length), scaledBy(drawOrthogonal(random, singular.length), singular));

const powers = (rho: number, T: number) => Array.from({ length: T + 1 }, (_, k) => rho ** k);
const fifty = { times: 4, why: 'fifty products one after the other add up their roundings' };

check('one-step', async ({ agree, random }) => {
  await agree('gradientByDistance', draw(random, { T: 1 }));
  await agree('linearGradientByDistance', { Wh: draw(random).Wh, cotangent: random.normal([2, 5]), T: 1 });
});

check('by-hand', async ({ run, expectClose }) => {
  const [Wh, cotangent] = [[[0.8]], [[1]]];
  const { norms } = await run('gradientByDistance', { x: [[[1], [2], [3]]], h0: [[0]], Wx: [[0.5]], Wh, b: [0], cotangent });
  const h1 = Math.tanh(0.5);
  const h2 = Math.tanh(1 + 0.8 * h1);
  const slopes = [Math.tanh(1.5 + 0.8 * h2), h2, h1].map((h) => 0.8 * (1 - h * h));
  expectClose('norms', norms, [[1, slopes[0], slopes[0] * slopes[1], slopes[0] * slopes[1] * slopes[2]]]);
  expectClose('norms without tanh', (await run('linearGradientByDistance', { Wh, cotangent, T: 3 })).norms, [powers(0.8, 3)]);
});

check('distance-zero', async ({ run, expectClose, random }) => {
  const input = draw(random, { B: 3 });
  const { norms } = await run('gradientByDistance', input);
  const linear = await run('linearGradientByDistance', { Wh: input.Wh, cotangent: input.cotangent, T: 2 });
  for (const found of [norms, linear.norms])
    expectClose(
      'norms at distance 0',
      found.map((row) => row[0]),
      input.cotangent.map(norm),
    );
});

check(
  'linear',
  agrees({
    passes: ['linearGradientByDistance'],
    sizes: [
      { B: 2, T: 3, H: 5 },
      { B: 1, T: 7, H: 4 },
      { B: 3, T: 2, H: 2 },
    ],
    input: (random, { B, T, H }) => ({ Wh: random.normal([H, H], H ** -0.5), cotangent: random.normal([B, H]), T }),
  }),
);

check('orthogonal-weights', async ({ run, expectClose, random }) => {
  for (const [rho, T, H] of [
    [0.9, 50, 3],
    [1, 20, 6],
    [1.1, 50, 4],
  ]) {
    const cotangent = random.normal([2, H]);
    const { norms } = await run('linearGradientByDistance', { Wh: scaledBy(drawOrthogonal(random, H), [rho]), cotangent, T });
    const expected = cotangent.map((row) => scale(norm(row), powers(rho, T)));
    expectClose(`norms with ${rho} times an orthogonal Wh`, norms, expected, fifty);
  }
});

const sizes = [
  { B: 2, T: 3, I: 4, H: 5 },
  { B: 3, T: 5, I: 4, H: 2 },
  { B: 1, T: 9, I: 3, H: 4 },
  { B: 2, T: 4, I: 3, H: 3 },
];
check('specification', agrees({ passes: ['gradientByDistance'], sizes, input: draw }));

check('zero-states', async ({ agree, run, expectClose, random }) => {
  const { x, h0, Wx, Wh, b, cotangent } = draw(random, { T: 6 });
  const asleep = { x: zerosLike(x), h0: zerosLike(h0), Wx, Wh, b: zerosLike(b), cotangent };
  await agree('gradientByDistance', asleep);
  const [tanh, linear] = [await run('gradientByDistance', asleep), await run('linearGradientByDistance', { Wh, cotangent, T: 6 })];
  expectClose('norms of a network whose states are all 0', tanh.norms, linear.norms);
});

check('saturated', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 5 });
  const { norms } = await run('gradientByDistance', { ...input, b: input.b.map((_, j) => (j % 2 === 0 ? 60 : -60)) });
  const beyond = cut(norms, 1, 1);
  expectClose('norms from distance 1 on, with every state at 1 or -1', beyond, zerosLike(beyond));
});

check('bound', async ({ run, require, random }) => {
  const Wh = drawStretching(random, [1.6, 0.9, 0.5, 0.2, 0.1]);
  const { norms } = await run('gradientByDistance', { ...draw(random, { B: 3, T: 12 }), Wh });
  norms.forEach((row, n) =>
    row.slice(1).forEach((length, k) => {
      const most = 1.6 * row[k] * (1 + 1e-5) + 1e-6; // the last digits of float32
      require(length <=
        most, `norms[${n}][${k + 1}] is ${length.toPrecision(6)}, more than 1.6, the largest singular value of Wh, times norms[${n}][${k}] = ${row[k].toPrecision(6)}`);
    }),
  );
});

check(
  'batch-independence',
  batchIndependent({
    passes: ['gradientByDistance'],
    input: (random) => draw(random, { B: 3 }),
    of: 'norms',
    batched: ['x', 'h0', 'cotangent'],
  }),
);

check('decay', async ({ run, expectClose, require, show, random }) => {
  const [T, H] = [50, 8];
  const Q = drawOrthogonal(random, H);
  const c = random.normal([1, H]);
  const cotangent = [c[0].map((value) => value / norm(c[0]))]; // of length 1
  const linear: { name: string; norms: number[] }[] = [];
  for (const rho of [0.9, 1, 1.1]) {
    const { norms } = await run('linearGradientByDistance', { Wh: scaledBy(Q, [rho]), cotangent, T });
    expectClose(`norms without tanh, Wh = ${rho} Q`, norms[0], powers(rho, T), fifty);
    linear.push({ name: `no tanh, Wh = ${rho} Q`, norms: norms[0] });
  }
  const network = { ...draw(random, { B: 1, T, I: 3, H }), Wh: scaledBy(Q, [1.1]), cotangent };
  const { norms } = await run('gradientByDistance', network);
  show({
    kind: 'curves',
    title: 'How far a gradient reaches',
    note: 'Your own numbers. Q is orthogonal and was drawn, and so were the inputs; the gradient by the last state has the length 1.',
    x: { label: 'distance from the last state, steps' },
    y: { label: 'length of the gradient', log: true },
    series: [...linear, { name: 'tanh, Wh = 1.1 Q', norms: norms[0] }].map(({ name, norms: lengths }) => ({
      name,
      points: lengths.map((length, k): [number, number] => [k, length]),
    })),
  });
  require(norms[0][T] <
    0.5 *
      1.1 **
        T, `with tanh and Wh = 1.1 Q the length at distance ${T} is ${norms[0][T].toPrecision(4)}; without tanh it is 117.39, and the tanh should have taken at least half of that away`);
});

check('singular-value', async ({ run, expectClose, random }) => {
  for (const singular of [
    [1.5, 0.9, 0.6, 0.3],
    [20, 4, 1],
  ]) {
    const input = { W: drawStretching(random, singular), start: random.uniform([1, singular.length], 0.5, 1), rounds: 60 };
    expectClose('sigma', (await run('largestSingularValue', input)).sigma, singular[0]);
  }
  const shear = { W: [[0.5, 4], [0, 0.5]], start: [[1, 1]], rounds: 20 }; // prettier-ignore
  const sigma = 2 + Math.sqrt(4.25); // its two singular values are 0.5^2 / sigma and sigma, and they differ by 4
  expectClose('sigma of ((0.5, 4), (0, 0.5))', (await run('largestSingularValue', shear)).sigma, sigma);
});

check('clip-below', async ({ run, expectClose, random }) => {
  const g = drawGradients(random, 0.1);
  const clipped = await run('clipByGlobalNorm', { ...g, maxNorm: 50 });
  for (const name of ['g1', 'g2', 'g3'] as const) expectClose(name, clipped[name], g[name]);
});

check('clip-above', async ({ run, expectClose, random }) => {
  for (const size of [1, 1e6]) {
    const g = drawGradients(random, size);
    const clipped = await run('clipByGlobalNorm', { ...g, maxNorm: 0.5 });
    const [before, after] = [g, clipped].map(({ g1, g2, g3 }) => [...g1.flat(), ...g2.flat(), ...g3]);
    expectClose('the length afterwards', norm(after), 0.5);
    const cosine = dot(before, after) / (norm(before) * norm(after));
    expectClose('the cosine between before and after', cosine, 1);
  }
});

check('clip-global', async ({ agree, random }) => {
  for (const maxNorm of [0.5, 3, 6, 100]) await agree('clipByGlobalNorm', { ...drawGradients(random, 1), maxNorm });
  await agree('clipByGlobalNorm', { g1: [[3]], g2: [[4]], g3: [12], maxNorm: 6.5 });
});

check('clip-zero', async ({ agree }) => {
  await agree('clipByGlobalNorm', { g1: [[0, 0], [0, 0], [0, 0]], g2: [[0, 0], [0, 0]], g3: [0, 0], maxNorm: 1 }); // prettier-ignore
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  const any = { mayWorkOnHost: true }; // norms are numbers, and may be taken as such
  await expectNoLeaks('gradientByDistance', () => draw(random), any);
  await expectNoLeaks('linearGradientByDistance', () => ({ Wh: random.normal([3, 3]), cotangent: random.normal([2, 3]), T: 4 }), any);
  await expectNoLeaks('largestSingularValue', () => ({ W: random.normal([3, 3]), start: [[1, 1, 1]], rounds: 3 }), any);
  await expectNoLeaks('clipByGlobalNorm', () => ({ ...drawGradients(random, 1), maxNorm: 1 }), any);
});
