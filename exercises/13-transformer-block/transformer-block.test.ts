import { agrees, cut, exerciseChecks, mapNumbers, mean, onesLike, scale, zerosLike, type Random } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const norms = ['layerNorm', 'rmsNorm'] as const;

type Rows = number[][][]; // [B][T][D]

/** Rows whose mean is not 0; an eps of 0.1 shows where it stands, one of 1e-5 would not. */
function drawNorm(random: Random, { B = 2, T = 5, D = 8, eps = 0.1 } = {}) {
  const x = mapNumbers(random.normal([B, T, D], 2), (value) => value + 1);
  return { x, gain: random.uniform([D], 0.5, 2), bias: random.normal([D]), eps };
}

/** Weights of size 1 / sqrt(rows), so that both parts are about as large as what they are added to. */
function drawBlock(random: Random, { B = 2, T = 5, D = 6, F = 10, N = 2, eps = 0.1 } = {}) {
  const square = () => random.normal([D, D], D ** -0.5);
  const [g1, g2] = [random.uniform([D], 0.5, 2), random.uniform([D], 0.5, 2)];
  return {
    ...{ x: random.normal([B, T, D]), Wq: square(), Wk: square(), Wv: square(), Wo: square() },
    ...{ g1, b1: random.normal([D], 0.5), g2, b2: random.normal([D], 0.5) },
    ...{
      W1: random.normal([D, F], D ** -0.5),
      c1: random.normal([F], 0.5),
      W2: random.normal([F, D], F ** -0.5),
      c2: random.normal([D], 0.5),
    },
    ...{ heads: N, eps },
  };
}

type Block = ReturnType<typeof drawBlock>;
const noAttention = (input: Block): Block => ({ ...input, Wo: zerosLike(input.Wo) });
const noFeedForward = (input: Block): Block => ({ ...input, W2: zerosLike(input.W2), c2: zerosLike(input.c2) });
const diagonal = (...values: number[]) => values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
const meanSquare = (numbers: number[]) => mean(numbers.map((value) => value * value));
const eachRow = <T>(x: Rows, change: (row: number[], t: number) => T) => x.map((rows) => rows.map(change));

check('norm-by-hand', async ({ run, expectClose }) => {
  const input = { x: [[[1, 3, 5, 7]]], gain: [1, 1, 2, 2], eps: 4 };
  expectClose("layerNorm's out", (await run('layerNorm', { ...input, bias: [0, 0, 0, 1] })).out, [[[-1, -1 / 3, 2 / 3, 3]]]);
  expectClose("rmsNorm's out", (await run('rmsNorm', input)).out, [[[0.2, 0.6, 2, 2.8]]]);
});

check('mean-and-variance', async ({ run, expectClose, random }) => {
  const input = drawNorm(random, { eps: 0 });
  const plain = { ...input, gain: onesLike(input.gain), bias: zerosLike(input.bias) };
  const [layer, rms] = [(await run('layerNorm', plain)).out, (await run('rmsNorm', plain)).out];
  const all = (value: number) => eachRow(input.x, () => value);
  expectClose("the mean of each row of layerNorm's out", eachRow(layer, mean), all(0));
  expectClose("the mean square of each row of layerNorm's out", eachRow(layer, meanSquare), all(1));
  expectClose("the mean square of each row of rmsNorm's out", eachRow(rms, meanSquare), all(1));
});

check('shift-and-scale', async ({ run, expectClose, random }) => {
  const input = drawNorm(random, { eps: 0 });
  const scaled = eachRow(input.x, (row, t) => scale(t + 2, row));
  const shifted = eachRow(scaled, (row, t) => row.map((value) => value + 3 - t));
  const why = 'the row was rounded after it was changed';
  for (const pass of norms) {
    const x = pass === 'rmsNorm' ? scaled : shifted; // dividing by the root mean square is blind to the scale alone
    const [before, after] = [await run(pass, input), await run(pass, { ...input, x })];
    expectClose(`for rows that were changed, ${pass}'s out`, after.out, before.out, { times: 4, why });
  }
});

check('eps', async ({ run, expectClose }) => {
  for (const a of [0.3, 0.01]) {
    const value = a / Math.sqrt(a * a + 0.1);
    const input = { x: [[[a, -a, a, -a, -a, a]]], gain: [1, 1, 1, 1, 1, 1], bias: [0, 0, 0, 0, 0, 0], eps: 0.1 };
    for (const pass of norms)
      expectClose(`for a row of ${a} and ${-a}, ${pass}'s out`, (await run(pass, input)).out, [
        [[value, -value, value, -value, -value, value]],
      ]);
  }
});

check('gain-and-bias', async ({ run, expectClose, random }) => {
  const input = drawNorm(random, { T: 3 });
  const twice = { ...input, gain: scale(2, input.gain), bias: scale(2, input.bias) };
  const off = { ...input, gain: zerosLike(input.gain) };
  for (const pass of norms) {
    const { out } = await run(pass, input);
    const bias = pass === 'rmsNorm' ? zerosLike(input.bias) : input.bias;
    expectClose(`with gain and bias doubled, ${pass}'s out`, (await run(pass, twice)).out, scale(2, out));
    const biases = eachRow(out, () => bias);
    expectClose(`with a gain of 0, ${pass}'s out`, (await run(pass, off)).out, biases);
  }
});

check('equal-numbers', async ({ run, expectClose }) => {
  const input = { x: [[[3, 3, 3, 3]]], gain: [1, 2, 1, 2], bias: [0.5, 0, -1, 4], eps: 1 };
  expectClose("layerNorm's out", (await run('layerNorm', input)).out, [[input.bias]]);
  expectClose("rmsNorm's out", (await run('rmsNorm', input)).out, [[input.gain.map((gain) => (gain * 3) / Math.sqrt(10))]]);
});

const normSizes = [
  { B: 2, T: 3, D: 5 },
  { B: 1, T: 1, D: 7 },
  { B: 3, T: 4, D: 4 },
  { B: 4, T: 2, D: 16 },
];
check('layer-norm', agrees({ passes: ['layerNorm'], sizes: normSizes, input: drawNorm }));
check('rms-norm', agrees({ passes: ['rmsNorm'], sizes: normSizes, input: drawNorm }));

check('block-by-hand', async ({ run, expectClose }) => {
  const [one, none] = [
    [1, 1],
    [0, 0],
  ];
  const W1 = [
    [1, 0, 2],
    [0, 1, 1],
  ];
  const W2 = [
    [10, 0],
    [0, 10],
    [0, 10],
  ];
  const { out } = await run('transformerBlock', {
    ...{ x: [[[3, 1]]], Wq: diagonal(1, 1), Wk: diagonal(1, 1), Wv: diagonal(1, 1), Wo: diagonal(1, 2), heads: 1, eps: 0 },
    ...{ g1: one, b1: none, g2: one, b2: none, W1, c1: [0, 0, 0], W2, c2: none },
  });
  expectClose('out', out, [[[4 + 10 * gelus[1], -1 + 10 * gelus[-1] + 10 * gelus[1]]]]);
});

check('nothing-added', async ({ run, expectClose, random }) => {
  const input = drawBlock(random);
  await run('transformerBlock', input); // not judged here: it tells one wrong way of adding from another
  const { out } = await run('transformerBlock', noAttention(noFeedForward(input)));
  expectClose('with Wo, W2 and c2 at 0, out', out, input.x);
});

const lengths = { passes: ['transformerBlock'], sizes: [{ T: 1 }, { T: 4 }] };
check('attention-alone', agrees({ ...lengths, input: (random, { T }) => noFeedForward(drawBlock(random, { T })) }));
check('feed-forward-alone', agrees({ ...lengths, input: (random, { T }) => noAttention(drawBlock(random, { T })) }));

check('gelu', async ({ run, expectClose, random }) => {
  const z = [-3, -2, -1, 1, 2, 3] as const;
  const none = zerosLike([...z]);
  const input = { ...noAttention(drawBlock(random, { D: 6, F: 6, T: 2 })), g2: none, b2: [...z] }; // with a gain of 0 the norm answers with its bias
  const x = eachRow(input.x, () => none);
  const { out } = await run('transformerBlock', {
    ...input,
    ...{ x, W1: diagonal(1, 1, 1, 1, 1, 1), c1: none, W2: diagonal(4, 4, 4, 4, 4, 4), c2: none },
  });
  const expected = eachRow(x, () => z.map((value) => 4 * gelus[value]));
  expectClose('held against 4 GELU of -3, -2, -1, 1, 2, 3, out', out, expected);
});

check('position-by-position', async ({ run, expectClose, random }) => {
  const input = noAttention(drawBlock(random, { T: 4 }));
  const { out } = await run('transformerBlock', input);
  for (const t of [0, 2]) {
    const alone = await run('transformerBlock', { ...input, x: cut(input.x, 1, t, t + 1) });
    expectClose(`for position ${t} alone, without attention, out`, alone.out, cut(out, 1, t, t + 1));
  }
});

check('causality', async ({ run, expectClose, random }) => {
  const input = drawBlock(random, { T: 6 });
  const { out } = await run('transformerBlock', input);
  for (const t of [1, 4]) {
    const x = eachRow(input.x, (row, s) => (s < t ? row : row.map((value, i) => value + 1000 * i))); // the norm would hide the same change in every number
    const changed = await run('transformerBlock', { ...input, x });
    expectClose(`with x changed from position ${t} on, the earlier rows of out`, cut(changed.out, 1, 0, t), cut(out, 1, 0, t), 'exactly');
  }
});

check('block', async ({ agree, random }) => {
  for (const [B, T, D, F, N] of [
    [2, 3, 8, 12, 4],
    [1, 7, 6, 24, 1],
    [3, 2, 4, 4, 2], // D = F
    [2, 6, 6, 6, 3], // T = D = F
  ])
    await agree('transformerBlock', drawBlock(random, { B, T, D, F, N }), {
      times: 3,
      why: 'two norms, an attention and a feed-forward part add up their roundings',
    });
});

check('gradient-past-both-parts', async ({ run, agreeGradients, random }) => {
  const input = drawBlock(random, { T: 3 });
  await run('transformerBlock', input); // not judged here: it tells one wrong way of adding from another
  await agreeGradients('transformerBlock', noAttention(noFeedForward(input)), 'out', ['x']);
});

check('gradients', async ({ agreeGradients, random }) => {
  await agreeGradients('layerNorm', drawNorm(random, { T: 3, D: 5 }), 'out', ['x', 'gain', 'bias']);
  await agreeGradients('rmsNorm', drawNorm(random, { T: 3, D: 5 }), 'out', ['x', 'gain']);
  const { heads: _heads, eps: _eps, ...tensors } = drawBlock(random);
  await agreeGradients('transformerBlock', drawBlock(random, { T: 3, D: 4, F: 7 }), 'out', Object.keys(tensors));
});

check('kernels', async ({ expectKernelGrowth, random }) => {
  for (const pass of norms) await expectKernelGrowth(pass, (T) => drawNorm(random, { T }), 16, 1.05);
  await expectKernelGrowth('transformerBlock', (T) => drawBlock(random, { T }), 16, 1.05); // the same operations for 16 and 32 positions
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  for (const pass of norms) await expectNoLeaks(pass, () => drawNorm(random));
  await expectNoLeaks('transformerBlock', () => drawBlock(random));
});

/** z Phi(z), from tables of the normal distribution. */
const gelus = {
  [-3]: -0.0040496940948903,
  [-2]: -0.0455002638963584,
  [-1]: -0.1586552539314571,
  1: 0.8413447460685429,
  2: 1.9544997361036416,
  3: 2.99595030590511,
} as const;
