import { agrees, causal, cut, differentiable, exerciseChecks, leavesNothing, prefix, race, type Random } from '#authoring';

import { oracle } from './oracle.ts';
import { drawRaced } from './raced-input.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['causalAttentionSequential', 'causalAttentionParallel'] as const;
const passes = [S, P];

type Heads = number[][][][]; // [B][N][T][d]

/** Numbers of size one: with numbers of size 0.01 all scores are near 0, and even a softmax over the wrong axis would pass. */
function draw(random: Random, { B = 2, N = 3, T = 5, d = 4 } = {}) {
  return { q: random.normal([B, N, T, d]), k: random.normal([B, N, T, d]), v: random.normal([B, N, T, d]) };
}

check('one-position', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 1 });
  for (const pass of [S, P]) expectClose(`${pass}'s out`, (await run(pass, input)).out, input.v);
});

check('first-position', async ({ run, expectClose, random }) => {
  const input = draw(random);
  for (const pass of [S, P]) expectClose(`position 0 of ${pass}'s out`, cut((await run(pass, input)).out, 2, 0, 1), cut(input.v, 2, 0, 1));
});

check('scale', async ({ run, expectClose }) => {
  for (const d of [4, 16]) {
    const row = (value: number) => Array.from({ length: d }, () => value);
    const q = [[[row(0), row(1), row(1)]]];
    const k = [[[2, 0, -1].map((score) => row(score / Math.sqrt(d)))]]; // d numbers added and divided by sqrt(d): the scores of queries 1 and 2 are 2, 0, -1
    const v = [[[row(1), row(0), row(-1)]]];
    const [a, b, c] = [Math.exp(2), 1, Math.exp(-1)];
    for (const pass of [S, P])
      expectClose(`${pass}'s out with d = ${d}`, (await run(pass, { q, k, v })).out, [
        [[row(1), row(a / (a + b)), row((a - c) / (a + b + c))]],
      ]);
  }
});

const sizes = [
  { B: 2, N: 4, T: 3, d: 5 },
  { B: 1, N: 2, T: 5, d: 3 },
  { B: 3, N: 1, T: 9, d: 2 },
];
check('sequential', agrees({ passes: [S], sizes, input: draw }));
check('parallel', agrees({ passes: [P], sizes: [...sizes, { B: 2, N: 4, T: 17, d: 8 }, { B: 1, N: 1, T: 130, d: 4 }], input: draw }));

const along = { passes, of: 'out', axis: 2 };
check('prefix', prefix({ ...along, input: (random) => draw(random, { T: 7 }), cuts: ['q', 'k', 'v'], at: [1, 3, 6] }));
check('causality', causal({ ...along, input: (random) => draw(random, { T: 6 }), changed: ['k', 'v'], from: [1, 4] }));

check('between-the-values', async ({ run, require, random }) => {
  const input = draw(random, { T: 8 });
  for (const pass of [S, P]) {
    const { out } = await run(pass, input);
    eachNumber(out, (value, [n, j, t, i]) => {
      const seen = input.v[n][j].slice(0, t + 1).map((row) => row[i]);
      const [low, high] = [Math.min(...seen) - 1e-5, Math.max(...seen) + 1e-5]; // an average in float32 can miss by its last digits
      require(value >= low &&
        value <=
          high, `${pass}'s out[${n}][${j}][${t}][${i}] is ${value.toPrecision(6)}, outside of ${low.toPrecision(6)} to ${high.toPrecision(6)}, the values that position ${t} may see`);
    });
  }
});

check('constant-values', async ({ run, expectClose, random }) => {
  const { q, k } = draw(random, { T: 6 });
  const v = q.map((heads) => heads.map((head) => head.map(() => [1, -2, 3, 0.5])));
  for (const pass of [S, P]) expectClose(`${pass}'s out`, (await run(pass, { q, k, v })).out, v);
});

check('lookup', async ({ run, expectClose, random }) => {
  const { q, k, v } = draw(random, { T: 6 });
  const ask = q.map((heads) => heads.map((head) => head.map(([, ...rest]) => [1, ...rest])));
  const found = k.map((heads) => heads.map((head) => head.map((row, s) => (s === 2 ? [1000, 0, 0, 0] : row)))); // its score is 500, all others are of size one
  for (const pass of [S, P]) {
    const { out } = await run(pass, { q: ask, k: found, v });
    expectClose(
      `${pass}'s out from position 2 on`,
      cut(out, 2, 2),
      v.map((heads) => heads.map((head) => [2, 3, 4, 5].map(() => head[2]))),
    );
  }
});

check('large-scores', async ({ agree, random }) => {
  const { q, k, v } = draw(random, { T: 9 });
  for (const pass of [S, P]) for (const size of [1e2, 1e4]) await agree(pass, { q: round(q, size, 64), k: round(k, 4, 1), v });
});

check('gradients', differentiable({ passes, input: (random) => draw(random, { N: 2, T: 5, d: 3 }), of: ['out'], by: ['q', 'k', 'v'] }));

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, N: 2, T, d: 3 }), 32, 1.05); // all queries at once: the count does not know T
});

check('no-leaks', leavesNothing({ passes, input: draw }));

check('race', race(drawRaced));

/** Multiples of `unit` of about `size`: float32 adds their products without an error, so the largest scores are the same on every device. */
function round(x: Heads, size: number, unit: number): Heads {
  return x.map((heads) => heads.map((head) => head.map((row) => row.map((value) => Math.round((value * size) / unit) * unit))));
}

function eachNumber(x: Heads, visit: (value: number, place: [number, number, number, number]) => void): void {
  x.forEach((heads, n) => heads.forEach((head, j) => head.forEach((row, t) => row.forEach((value, i) => visit(value, [n, j, t, i])))));
}
