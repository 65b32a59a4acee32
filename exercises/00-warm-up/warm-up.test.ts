import { agrees, batchIndependent, exerciseChecks, leavesNothing, type Random } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['runningSumSequential', 'runningSumParallel'] as const;
const passes = [S, P];

function draw(random: Random, { B = 3, T = 5, H = 2 } = {}) {
  return { x: random.normal([B, T, H]) };
}

check('by-hand', async ({ run, expectClose }) => {
  const x = [
    [[2], [3], [5]],
    [[1], [1], [1]],
  ]; // two sequences of three steps with one number each
  for (const pass of [S, P])
    expectClose(`${pass}'s s`, (await run(pass, { x })).s, [
      [[2], [5], [10]],
      [[1], [2], [3]],
    ]);
});

const sizes = [
  { B: 3, T: 4, H: 2 },
  { B: 2, T: 1, H: 3 },
  { B: 4, T: 7, H: 5 },
];
check('sequential', agrees({ passes: [S], sizes, input: draw }));
check('parallel', agrees({ passes: [P], sizes, input: draw }));

check('batch-independence', batchIndependent({ passes, input: draw, of: 's', batched: ['x'] }));

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, T, H: 2 }), 32, 1.05); // one matrix product: the count does not know T
});

check('no-leaks', leavesNothing({ passes, input: draw }));
