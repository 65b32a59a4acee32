import { add, agrees, causal, cut, differentiable, exerciseChecks, leavesNothing, race, scale, zerosLike, type Random } from '#authoring';

import { oracle } from './oracle.ts';
import { drawRaced, grouped } from './raced-input.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P, K] = ['ssmSequential', 'ssmParallel', 'ssmConvolution'] as const;
const passes = [S, P, K] as const;

type Steps = number[][][]; // [B][T][D]

/** States that keep half to nearly all of themselves in a step, as in a model that is to remember; inputs and weights of size one. */
function draw(random: Random, { B = 2, T = 5, D = 3, H = 4 } = {}) {
  return {
    x: random.normal([B, T, D]),
    A: random.uniform([D, H], -1.1, -0.3),
    Bm: random.normal([D, H]),
    C: random.normal([D, H]),
    Dskip: random.normal([D]),
    dt: random.uniform([D], 0.15, 0.6),
  };
}

const skipped = (x: Steps, Dskip: number[]) => x.map((steps) => steps.map((row) => row.map((value, i) => Dskip[i] * value)));
const column = (x: Steps, i: number) => cut(x, 2, i, i + 1);

check('by-hand', async ({ run, expectClose }) => {
  const model = { A: [[-1]], Bm: [[2]], C: [[4]], Dskip: [1], dt: [Math.LN2] };
  for (const pass of passes) expectClose(`${pass}'s y`, (await run(pass, { ...model, x: [[[1], [0], [2]]] })).y, [[[5], [2], [11]]]);
});

check('impulse', async ({ run, expectClose }) => {
  const model = { A: [[-1, -2]], Bm: [[2, 8]], C: [[4, 1]], Dskip: [10], dt: [Math.LN2] }; // Abar is 1/2 and 1/4, Bbar is 1 and 3
  const x = [[[1], [0], [0], [0], [0]]];
  const kernel = [0, 1, 2, 3, 4].map((r) => [4 * 0.5 ** r + 3 * 0.25 ** r + (r === 0 ? 10 : 0)]);
  for (const pass of passes) expectClose(`after one input of 1, ${pass}'s y`, (await run(pass, { ...model, x })).y, [kernel]);
});

check('skip', async ({ run, expectClose, random }) => {
  const input = draw(random);
  for (const pass of passes)
    expectClose(`with C = 0, ${pass}'s y`, (await run(pass, { ...input, C: zerosLike(input.C) })).y, skipped(input.x, input.Dskip));
});

check('no-time', async ({ run, expectClose, random }) => {
  const input = draw(random);
  for (const pass of passes)
    expectClose(`with dt = 0, ${pass}'s y`, (await run(pass, { ...input, dt: [0, 0, 0] })).y, skipped(input.x, input.Dskip));
});

check('held-input', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 4 });
  const twice = input.x.map((steps) => steps.flatMap((row) => [row, row]));
  for (const pass of passes) {
    const halves = await run(pass, { ...input, x: twice, dt: scale(1 / 2, input.dt) });
    const { y } = await run(pass, input);
    expectClose(
      `of every second half step, ${pass}'s y`,
      halves.y.map((steps) => steps.filter((_, t) => t % 2 === 1)),
      y,
    );
  }
});

check('sequential', agrees({ passes: [S], sizes: [2, 3, 9, 1].map((T) => ({ T })), input: draw }));
check('parallel', agrees({ passes: [P], sizes: [2, 3, 4, 5, 8, 13, 1].map((T) => ({ T, H: 2 })), input: draw }));
check('convolution', agrees({ passes: [K], sizes: [2, 3, 4, 7, 16, 1].map((T) => ({ T, H: 5 })), input: draw }));
check('square', agrees({ passes, sizes: [{ D: 3, H: 3 }], input: draw }));

check('channels-apart', async ({ run, expectClose, random }) => {
  const input = draw(random);
  for (const pass of passes) {
    const { y } = await run(pass, input);
    for (const i of [0, 1, 2]) {
      const [A, Bm, C] = [[input.A[i]], [input.Bm[i]], [input.C[i]]];
      const alone = await run(pass, { x: column(input.x, i), A, Bm, C, Dskip: [input.Dskip[i]], dt: [input.dt[i]] });
      expectClose(`channel ${i} of ${pass}'s y`, column(y, i), alone.y);
    }
  }
});

check('linear-and-delayed', async ({ run, expectClose, random }) => {
  const [input, other] = [draw(random, { T: 7 }), draw(random, { T: 7 })];
  const mix = (a: Steps, b: Steps) => add(scale(2, a), scale(-1, b));
  const delay = (a: Steps) => a.map((steps) => [...zerosLike(steps.slice(0, 3)), ...steps.slice(0, -3)]);
  for (const pass of passes) {
    const [{ y }, { y: y2 }] = [await run(pass, input), await run(pass, { ...input, x: other.x })];
    expectClose(
      `for two times one sequence minus another, ${pass}'s y`,
      (await run(pass, { ...input, x: mix(input.x, other.x) })).y,
      mix(y, y2),
    );
    expectClose(`for a sequence that begins 3 steps later, ${pass}'s y`, (await run(pass, { ...input, x: delay(input.x) })).y, delay(y));
  }
});

check('causality', causal({ passes, input: (random) => draw(random, { T: 7 }), of: 'y', changed: ['x'], from: [4] }));

check('thousand-steps', async ({ run, agree, expectClose, random }) => {
  const input = { ...draw(random, { D: 1, H: 3 }), A: [[-1, -0.5, -0.1]], dt: random.uniform([1], 0.3, 0.6) }; // the slowest state settles to one part in 10^13
  const x = [Array.from({ length: 1000 }, () => [1])];
  const settled = input.A[0].reduce((sum, a, j) => sum - (input.C[0][j] * input.Bm[0][j]) / a, input.Dskip[0]); // h = -B / A: as much fades as comes in
  for (const pass of passes) {
    const { y } = await run(pass, { ...input, x });
    expectClose(`after 1,000 steps of 1, ${pass}'s last y`, y[0][999], [settled], {
      times: 10,
      why: 'a thousand steps add up their roundings',
    });
  }
  for (const pass of passes) await agree(pass, drawRaced(random, { B: 1, T: 300, D: 1, H: 3 }), grouped); // here the first step is still felt at the last
});

check(
  'gradients',
  differentiable({
    passes,
    input: (random) => draw(random, { T: 5, D: 2, H: 3 }),
    of: ['y'],
    by: ['x', 'A', 'Bm', 'C', 'Dskip', 'dt'],
  }),
);

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, T, D: 2, H: 3 }), 64, 1.3); // log2 grows by one
  await expectKernelGrowth(K, (T) => draw(random, { B: 1, T, D: 2, H: 3 }), 64, 1.05); // one product for all steps: the count does not know T
});

check('no-leaks', leavesNothing({ passes, input: draw }));

check('race', race(drawRaced, grouped));
