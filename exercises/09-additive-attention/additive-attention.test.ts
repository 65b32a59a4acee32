import { agrees, exerciseChecks, leavesNothing, raiseFrom, type Random, scale, weightedSum, zerosLike } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['additiveAttentionSequential', 'additiveAttentionParallel'] as const;
const passes = [S, P];

/** Numbers of size one inside the tanh and scores of size one, so that every weight matters and no unit sits at the flat ends of tanh. */
function draw(random: Random, { B = 3, T = 5, Q = 2, K = 4, A = 3, D = 6 } = {}) {
  return {
    query: random.normal([B, Q]),
    keys: random.normal([B, T, K]),
    values: random.normal([B, T, D]),
    Wq: random.normal([Q, A], Q ** -0.5),
    Wk: random.normal([K, A], K ** -0.5),
    v: random.normal([A]),
    lengths: Array.from({ length: B }, (_, n) => [Math.ceil(T / 2), T, 1][n % 3]), // some padding, none, nothing but one position
  };
}

const each = <Row>(x: Row[][], change: (row: Row, t: number, n: number) => Row) =>
  x.map((rows, n) => rows.map((row, t) => change(row, t, n)));

check('by-hand', async ({ run, expectClose }) => {
  const input = {
    query: [[1]],
    keys: [[[0], [1], [9], [9]]],
    values: [[[10], [20], [99], [99]]],
    Wq: [[1, 0]],
    Wk: [[1, -1]],
    v: [2, 1],
    lengths: [2],
  };
  const [a, b] = [Math.exp(2 * Math.tanh(1)), Math.exp(2 * Math.tanh(2) - Math.tanh(1))];
  for (const pass of [S, P]) {
    const { context, weights } = await run(pass, input);
    expectClose(`${pass}'s weights`, weights, [[a / (a + b), b / (a + b), 0, 0]]);
    expectClose(`${pass}'s context`, context, [[(10 * a + 20 * b) / (a + b)]]);
  }
});

check('one-position', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 1 });
  for (const pass of [S, P]) {
    const { context, weights } = await run(pass, input);
    expectClose(`${pass}'s weights`, weights, [[1], [1], [1]]);
    expectClose(
      `${pass}'s context`,
      context,
      input.values.map(([only]) => only),
    );
  }
});

check('length-one', async ({ run, expectClose, random }) => {
  const input = { ...draw(random), lengths: [1, 1, 1] };
  for (const pass of [S, P]) {
    const { context, weights } = await run(pass, input);
    expectClose(
      `${pass}'s weights`,
      weights,
      weights.map(() => [1, 0, 0, 0, 0]),
    );
    expectClose(
      `${pass}'s context`,
      context,
      input.values.map(([first]) => first),
    );
  }
});

check('saturated', async ({ run, expectClose }) => {
  const ones = (size: number) => [[size, size, size, size]];
  const values = [[1, 3, 5].map((first) => [first, first + 1])];
  const input = { query: [[1]], Wq: ones(30), keys: [[[1], [-1], [0]]], Wk: ones(50), values, v: [0.5, 0.5, 0.5, 0.5], lengths: [3] };
  const [high, low] = [Math.exp(2), Math.exp(-2)]; // inside the tanh stand 80, -20 and 30, four times each, so the scores are 2, -2 and 2
  for (const pass of [S, P]) {
    const { weights } = await run(pass, input);
    expectClose(`${pass}'s weights`, weights, [scale(1 / (2 * high + low), [high, low, high])]);
  }
});

const sizes = [{}, { B: 2, T: 7, Q: 5, K: 3, A: 4, D: 1 }, { B: 4, T: 2, Q: 3, K: 1, A: 5, D: 2 }];
check('sequential', agrees({ passes: [S], sizes, input: draw }));
check('parallel', agrees({ passes: [P], sizes: [...sizes, { B: 1, T: 19, Q: 4, K: 2, A: 8, D: 3 }], input: draw }));
check('square', agrees({ passes, sizes: [{ Q: 3, K: 3, A: 3, D: 3 }], input: draw }));

check('padding', async ({ run, expectClose, random }) => {
  const input = draw(random);
  const raise = (x: number[][][]) => x.map((rows, n) => raiseFrom(rows, 0, input.lengths[n]));
  for (const pass of [S, P]) {
    const before = await run(pass, input);
    const after = await run(pass, { ...input, keys: raise(input.keys), values: raise(input.values) });
    const zeros = each(before.weights, (weight, t, n) => (t < input.lengths[n] ? weight : 0));
    expectClose(`${pass}'s weights`, before.weights, zeros, 'exactly');
    expectClose(`${pass}'s weights after the padding was changed`, after.weights, before.weights, 'exactly');
    expectClose(`${pass}'s context after the padding was changed`, after.context, before.context, 'exactly');
  }
});

check('joint-permutation', async ({ run, expectClose, random }) => {
  const input = draw(random);
  const reverse = <Row>(x: Row[][]) =>
    x.map((rows, n) => [...rows.slice(0, input.lengths[n]).toReversed(), ...rows.slice(input.lengths[n])]);
  for (const pass of [S, P]) {
    const before = await run(pass, input);
    const after = await run(pass, { ...input, keys: reverse(input.keys), values: reverse(input.values) });
    expectClose(`${pass}'s context after the real positions were reversed`, after.context, before.context);
    expectClose(`${pass}'s weights after the real positions were reversed`, after.weights, reverse(before.weights));
  }
});

check('constant-values', async ({ run, expectClose, random }) => {
  const input = draw(random, { D: 3 });
  const values = each(input.values, () => [1, -2, 0.5]);
  for (const pass of [S, P])
    expectClose(
      `${pass}'s context`,
      (await run(pass, { ...input, values })).context,
      values.map(([value]) => value),
    );
});

check('no-preference', async ({ run, expectClose, random }) => {
  const input = draw(random);
  const equal = input.values.map((rows, n) => rows.map((_, t) => (t < input.lengths[n] ? 1 / input.lengths[n] : 0)));
  const means = input.values.map((rows, n) => weightedSum(equal[n], rows));
  const equalKeys = input.keys.map((rows) => rows.map(() => rows[0]));
  for (const pass of [S, P])
    for (const [which, changed] of [
      ['equal keys', { ...input, keys: equalKeys }],
      ['v = 0', { ...input, v: zerosLike(input.v) }],
    ] as const) {
      const { context, weights } = await run(pass, changed);
      expectClose(`${pass}'s weights for ${which}`, weights, equal);
      expectClose(`${pass}'s context for ${which}`, context, means);
    }
});

check('gradients', async ({ agreeGradients, random }) => {
  for (const pass of [S, P])
    for (const of of ['context', 'weights'])
      await agreeGradients(pass, draw(random, { T: 4 }), of, ['query', 'keys', ...(of === 'context' ? ['values'] : []), 'Wq', 'Wk', 'v']);
});

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 2, T }), 32, 1.05); // all keys at once: the count does not know T
});

check('no-leaks', leavesNothing({ passes, input: draw }));
