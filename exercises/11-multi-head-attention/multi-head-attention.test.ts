import {
  agrees,
  causal,
  cut,
  differentiable,
  exerciseChecks,
  identity,
  leavesNothing,
  matmul,
  type Matrix,
  race,
  type Random,
} from '#authoring';

import { oracle } from './oracle.ts';
import { drawRaced } from './raced-input.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['multiHeadSequential', 'multiHeadParallel'] as const;
const passes = [S, P];

/** Weights of size 1 / sqrt(D), so that queries, keys, values and answers are of size one. */
function draw(random: Random, { B = 2, T = 5, D = 12, N = 3 } = {}) {
  const [Wq, Wk, Wv, Wo] = Array.from({ length: 4 }, () => random.normal([D, D], D ** -0.5)) as [Matrix, Matrix, Matrix, Matrix];
  return { x: random.normal([B, T, D]), Wq, Wk, Wv, Wo, heads: N };
}

/** Every query is 1, 1, 1, ..., and every number of key s and value s is the given one, in all heads. */
function designed(D: number, keys: number[], values: number[]) {
  const only = (row: number) => Array.from({ length: D }, (_, i) => Array.from({ length: D }, () => (i === row ? 1 : 0)));
  const x = [keys.map((key, s) => Array.from({ length: D }, (_, i) => [1, key, values[s]][i] ?? 0))];
  return { x, Wq: only(0), Wk: only(1), Wv: only(2) };
}

check('by-hand', async ({ run, expectClose }) => {
  const x = [
    [
      [1, 0],
      [1, 1],
      [1, 2],
    ],
  ];
  const [Wq, Wk, Wv, Wo] = [
    [1, 1, 0, 0],
    [0, 0, 1, -1],
    [0, 0, 10, 10],
    [1, 0, -1, 1],
  ].map(([a, b, c, d]) => [
    [a, b],
    [c, d],
  ]) as [Matrix, Matrix, Matrix, Matrix];
  const [e, total] = [Math.E, 1 + Math.E + Math.E ** 2];
  const large = [0, (10 * e) / (1 + e), (10 * e + 20 * e ** 2) / total]; // head 0
  const small = [0, 10 / (1 + e), (10 * e + 20) / total]; // head 1
  for (const pass of [S, P]) {
    const { out } = await run(pass, { x, Wq, Wk, Wv, Wo, heads: 2 });
    expectClose(`${pass}'s out`, out, [large.map((value, t) => [value - small[t], small[t]])]);
  }
});

check('one-head', async ({ run, expectClose, random }) => {
  const { Wo } = draw(random, { D: 4 });
  const weights = [0, 1, 2].map((score) => Math.exp(score));
  const averages = [
    10,
    (10 + 20 * weights[1]) / (1 + weights[1]),
    (10 + 20 * weights[1] + 30 * weights[2]) / (1 + weights[1] + weights[2]),
  ];
  const joined = averages.map((value) => [value, value, value, value]);
  const why = 'the answers here are of size thirty';
  for (const pass of [S, P]) {
    const { out } = await run(pass, { ...designed(4, [0, 0.5, 1], [10, 20, 30]), Wo, heads: 1 });
    expectClose(`${pass}'s out`, out, [matmul(joined, Wo)], { times: 10, why });
  }
});

check('first-position', async ({ run, expectClose, random }) => {
  for (const T of [1, 4]) {
    const input = draw(random, { T });
    const expected = input.x.map(([first]) => matmul(matmul([first], input.Wv), input.Wo));
    for (const pass of [S, P]) {
      const { out } = await run(pass, input);
      expectClose(`position 0 of ${pass}'s out`, cut(out, 1, 0, 1), expected);
    }
  }
});

check('scale', async ({ run, expectClose }) => {
  for (const [D, N] of [
    [8, 2],
    [48, 3],
  ]) {
    const row = (value: number) => Array.from({ length: D }, () => value);
    const keys = [2, 0, -1].map((score) => score / Math.sqrt(D / N)); // d numbers added and divided by sqrt(d): the scores are 2, 0, -1
    const [a, b, c] = [Math.exp(2), 1, Math.exp(-1)];
    const input = { ...designed(D, keys, [1, 0, -1]), Wo: identity(D), heads: N };
    for (const pass of [S, P])
      expectClose(`with D = ${D} and N = ${N}, ${pass}'s out`, (await run(pass, input)).out, [
        [row(1), row(a / (a + b)), row((a - c) / (a + b + c))],
      ]);
  }
});

check('heads-apart', async ({ run, expectClose, random }) => {
  const [D, N, d] = [12, 3, 4];
  const [input, other] = [draw(random, { D, N }), draw(random, { D, N })];
  for (const pass of [S, P]) {
    const before = await run(pass, { ...input, Wo: identity(D) });
    for (const changed of [0, 1]) {
      const isChanged = (column: number) => Math.floor(column / d) === changed;
      const replaced = (W: Matrix, by: Matrix) => W.map((row, i) => row.map((value, j) => (isChanged(j) ? by[i][j] : value)));
      const [Wq, Wk, Wv] = (['Wq', 'Wk', 'Wv'] as const).map((name) => replaced(input[name], other[name]));
      const after = await run(pass, { ...input, Wq, Wk, Wv, Wo: identity(D) });
      const others = (out: number[][][]) => out.map((rows) => rows.map((row) => row.filter((_, column) => !isChanged(column))));
      expectClose(
        `with other columns for head ${changed}, what the rest of the heads give in ${pass}'s out`,
        others(after.out),
        others(before.out),
      );
    }
  }
});

check('head-order', async ({ run, expectClose, random }) => {
  const [D, N, d] = [12, 3, 4];
  const input = draw(random, { D, N });
  const moved = [1, 0, 2].flatMap((head) => Array.from({ length: d }, (_, i) => head * d + i)); // head 1 first, then 0, then 2
  const columns = (W: Matrix) => W.map((row) => moved.map((j) => row[j]));
  const [Wq, Wk, Wv, Wo] = [columns(input.Wq), columns(input.Wk), columns(input.Wv), moved.map((i) => input.Wo[i])];
  for (const pass of [S, P]) {
    const [before, after] = [await run(pass, input), await run(pass, { ...input, Wq, Wk, Wv, Wo })];
    expectClose(`with the heads in another order, ${pass}'s out`, after.out, before.out);
  }
});

check(
  'sequential',
  agrees({
    passes: [S],
    sizes: [
      { B: 2, T: 3, D: 8, N: 4 },
      { B: 1, T: 5, D: 6, N: 2 },
      { B: 3, T: 9, D: 10, N: 1 },
    ],
    input: draw,
  }),
);

check(
  'parallel',
  agrees({
    passes: [P],
    sizes: [
      { B: 2, T: 2, D: 12, N: 3 },
      { B: 1, T: 5, D: 6, N: 2 },
      { B: 3, T: 7, D: 8, N: 8 },
      { B: 2, T: 17, D: 20, N: 4 },
      { B: 1, T: 130, D: 4, N: 2 },
    ],
    input: draw,
  }),
);

check('look-alikes', async ({ agree, random }) => {
  const same = [
    { B: 1, T: 2, D: 9, N: 3 }, // d = N
    { B: 2, T: 3, D: 12, N: 3 }, // T = N
    { B: 2, T: 4, D: 8, N: 2 }, // T = 2 N = d
    { B: 3, T: 3, D: 9, N: 3 }, // B = T = N = d
    { B: 1, T: 6, D: 6, N: 2 }, // T = D
  ];
  for (const sizes of same) for (const pass of [S, P]) await agree(pass, draw(random, sizes));
});

check('loop-and-batch', async ({ run, expectClose, random }) => {
  for (const [T, N] of [
    [3, 2],
    [6, 4],
  ]) {
    const input = draw(random, { T, N });
    expectClose(`held against ${S}'s, ${P}'s out`, (await run(P, input)).out, (await run(S, input)).out);
  }
});

check('causality', causal({ passes, input: (random) => draw(random, { T: 6 }), of: 'out', changed: ['x'], from: [1, 4] }));

check(
  'gradients',
  differentiable({
    passes,
    input: (random) => draw(random, { T: 4, D: 6, N: 2 }),
    of: ['out'],
    by: ['x', 'Wq', 'Wk', 'Wv', 'Wo'],
  }),
);

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (N) => draw(random, { B: 1, T: 3, D: 16, N }), 4, 1.05, 'N'); // all heads at once: the count does not know N
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, T, D: 4, N: 2 }), 16, 1.05); // and all positions, as in exercise 10
});

check('no-leaks', leavesNothing({ passes, input: draw }));

check('race', race(drawRaced));
