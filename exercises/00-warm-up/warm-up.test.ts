import { exerciseChecks, type Random } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['runningSumSequential', 'runningSumParallel'] as const;

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

check('sequential', async ({ agree, random }) => {
  for (const [B, T, H] of [
    [3, 4, 2],
    [2, 1, 3],
    [4, 7, 5],
  ])
    await agree(S, draw(random, { B, T, H }));
});

check('parallel', async ({ agree, random }) => {
  for (const [B, T, H] of [
    [3, 4, 2],
    [2, 1, 3],
    [4, 7, 5],
  ])
    await agree(P, draw(random, { B, T, H }));
});

check('batch-independence', async ({ run, expectClose, random }) => {
  const { x } = draw(random);
  for (const pass of [S, P]) {
    const { s } = await run(pass, { x });
    for (const n of [0, 1, 2]) expectClose(`${pass}'s s of sequence ${n} in the batch`, s[n], (await run(pass, { x: [x[n]] })).s[0]);
  }
});

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, T, H: 2 }), 32, 1.05); // one matrix product: the count does not know T
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  for (const pass of [S, P]) await expectNoLeaks(pass, draw(random));
});
