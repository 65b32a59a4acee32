import { agrees, cut, differentiable, exerciseChecks, identity, raiseFrom, type Random, zerosLike } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['cachedAttentionSequential', 'cachedAttentionParallel'] as const;
const passes = [S, P];

type Rows = number[][][]; // [B][tokens][numbers]

/** `t` cached tokens and `n` new ones. Numbers of size one: with small ones all scores are near 0, and nobody sees who attends to what. */
function draw(random: Random, { B = 2, n = 3, t = 4, D = 5, d = 3 } = {}) {
  const input = {
    x: random.normal([B, n, D]),
    PE: random.uniform([t + 2 * n, D], -1, 1),
    Wq: random.normal([D, d], D ** -0.5),
    Wk: random.normal([D, d], D ** -0.5),
    Wv: random.normal([D, d], D ** -0.5),
    Wo: random.normal([d, D], d ** -0.5),
  };
  return t === 0 ? input : { ...input, K: random.normal([B, t, d]), V: random.normal([B, t, d]) };
}

const join = (parts: Rows[]) => parts[0].map((_, b) => parts.flatMap((part) => part[b]));

check('first-token', async ({ run, expectClose, random }) => {
  const input = { ...draw(random, { n: 1, t: 0, D: 4, d: 3 }), Wv: identity(4, 3), Wo: identity(3, 4) };
  const values = input.x.map(([token]) => [token.map((value, j) => value + input.PE[0][j]).slice(0, 3)]); // Wv keeps three of four numbers
  for (const pass of [S, P]) {
    const { out, V } = await run(pass, input);
    expectClose(`${pass}'s V`, V, values);
    expectClose(
      `${pass}'s out`,
      out,
      values.map(([value]) => [[...value, 0]]),
    );
  }
});

check('by-hand', async ({ run, expectClose }) => {
  const model = { PE: [[0], [0.5], [1], [0.5], [0], [0]], Wq: [[1]], Wk: [[1]], Wv: [[10]], Wo: [[1]] };
  const [e, e2, e4] = [1, 2, 4].map(Math.exp);
  for (const pass of [S, P]) {
    const prompt = await run(pass, { ...model, x: [[[0], [0.5], [1]]] });
    expectClose(`${pass}'s out for the prompt`, prompt.out, [[[0], [(10 * e) / (1 + e)], [(10 * e2 + 20 * e4) / (1 + e2 + e4)]]]);
    const { out, K, V } = await run(pass, { ...model, x: [[[0.5]]], K: prompt.K, V: prompt.V });
    expectClose(`${pass}'s K`, K, [[[0], [1], [2], [1]]]);
    expectClose(`${pass}'s V`, V, [[[0], [10], [20], [10]]]);
    expectClose(`${pass}'s out for the fourth token`, out, [[[(20 * e + 20 * e2) / (1 + 2 * e + e2)]]]);
  }
});

const sizes = [
  { B: 2, n: 3, t: 0, D: 5, d: 4 },
  { B: 3, n: 1, t: 6, D: 4, d: 2 },
  { B: 1, n: 2, t: 5, D: 3, d: 4 },
];
check('sequential', agrees({ passes: [S], sizes, input: draw }));
check('parallel', agrees({ passes: [P], sizes: [...sizes, { B: 2, n: 9, t: 4, D: 3, d: 5 }], input: draw }));
check('square', agrees({ passes, sizes: [{ t: 2, D: 4, d: 4 }], input: draw }));

check('positions', async ({ run, expectClose, random }) => {
  for (const [n, t] of [
    [1, 5],
    [3, 4],
  ]) {
    const input = draw(random, { B: 1, n, t, D: 3, d: 3 });
    for (const pass of [S, P]) {
      const { K } = await run(pass, { ...input, x: zerosLike(input.x), Wk: identity(3, 3) });
      expectClose(`after ${t} cached tokens, the new rows of ${pass}'s K`, cut(K, 1, t), [input.PE.slice(t, t + n)]);
    }
  }
});

check('cached-key-found', async ({ run, expectClose, random }) => {
  const input = draw(random, { n: 3, t: 4, D: 4, d: 3 });
  const K = random.normal([2, 4, 3]).map((rows) => rows.with(2, [1000, 0, 0])); // its score is 577, all others are of size one
  const x = input.x.map((rows) => rows.map(([, ...rest]) => [1, ...rest]));
  const PE = input.PE.map(([, ...rest]) => [0, ...rest]);
  const Wq = [[1, 0, 0], ...Array.from({ length: 3 }, () => [0, 0, 0])]; // every query is (1, 0, 0)
  const V = random.normal([2, 4, 3]);
  for (const pass of [S, P]) {
    const { out } = await run(pass, { ...input, x, PE, Wq, Wo: identity(3, 4), K, V });
    expectClose(
      `${pass}'s out`,
      out,
      V.map((values) => [0, 1, 2].map(() => [...values[2], 0])),
    );
  }
});

check('cache-kept', async ({ run, expectClose, random }) => {
  const [K, V] = [random.normal([2, 4, 3]), random.normal([2, 4, 3])];
  for (const n of [1, 3]) {
    const input = { ...draw(random, { n }), K, V };
    for (const pass of [S, P]) {
      const grown = await run(pass, input);
      expectClose(`the first 4 rows of ${pass}'s K`, cut(grown.K, 1, 0, 4), K, 'exactly');
      expectClose(`the first 4 rows of ${pass}'s V`, cut(grown.V, 1, 0, 4), V, 'exactly');
    }
  }
});

check('causality', async ({ run, expectClose, random }) => {
  const input = draw(random, { n: 6, t: 3 });
  const x = raiseFrom(input.x, 1, 2);
  for (const pass of [S, P]) {
    const [before, after] = [await run(pass, input), await run(pass, { ...input, x })];
    expectClose(`${pass}'s out of the new tokens 0 and 1`, cut(after.out, 1, 0, 2), cut(before.out, 1, 0, 2), 'exactly');
    expectClose(`${pass}'s K up to new token 1`, cut(after.K, 1, 0, 5), cut(before.K, 1, 0, 5), 'exactly');
  }
});

check('any-split', async ({ run, expectClose, random }) => {
  const input = draw(random, { n: 6, t: 0 });
  const whole = await run(P, input);
  for (const [first, later, ends] of [
    [P, S, [1, 6]],
    [P, S, [4, 6]],
    [S, P, [2, 6]],
    [P, P, [5, 6]],
    [P, P, [1, 2, 3, 4, 5, 6]],
    [S, S, [1, 2, 3, 4, 5, 6]],
  ] as const) {
    const outs: Rows[] = [];
    let cache: { K?: Rows; V?: Rows } = {};
    for (const [part, end] of ends.entries()) {
      const { out, K, V } = await run(part === 0 ? first : later, { ...input, ...cache, x: cut(input.x, 1, ends[part - 1] ?? 0, end) });
      outs.push(out);
      cache = { K, V };
    }
    const how = `read in parts of ${ends.map((end, part) => end - (ends[part - 1] ?? 0)).join(' + ')} tokens, the first by ${first}, what follows by ${later}:`;
    expectClose(`${how} out`, join(outs), whole.out);
    expectClose(`${how} K`, cache.K as Rows, whole.K);
    expectClose(`${how} V`, cache.V as Rows, whole.V);
  }
});

check(
  'gradients',
  differentiable({
    passes,
    input: (random) => draw(random, { n: 3, t: 2, D: 4, d: 3 }),
    of: ['out'],
    by: ['x', 'PE', 'Wq', 'Wk', 'Wv', 'Wo', 'K', 'V'],
  }),
);

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (n) => draw(random, { B: 1, n, t: 5 }), 16, 1.05, 'n'); // all new tokens at once: the count does not know n
  await expectKernelGrowth(S, (t) => draw(random, { B: 1, n: 1, t }), 16, 1.05, 't'); // one more token: the count does not know how much was read before
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  for (const pass of [S, P]) for (const t of [0, 4]) await expectNoLeaks(pass, () => draw(random, { t }));
});
