import { exerciseChecks, type Draw } from '#check';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['runningSumSequential', 'runningSumParallel'] as const;

function draw(from: Draw, { B = 3, T = 5, H = 2 } = {}) {
  return { x: from.normal([B, T, H]) };
}

check('by-hand', async ({ run, same }) => {
  const x = [
    [[2], [3], [5]],
    [[1], [1], [1]],
  ]; // two sequences of three steps with one number each
  for (const pass of [S, P])
    same(`${pass}'s s`, (await run(pass, { x })).s, [
      [[2], [5], [10]],
      [[1], [2], [3]],
    ]);
});

check('sequential', async ({ agree, draw: from }) => {
  for (const [B, T, H] of [
    [3, 4, 2],
    [2, 1, 3],
    [4, 7, 5],
  ])
    await agree(S, draw(from, { B, T, H }));
});

check('parallel', async ({ agree, draw: from }) => {
  for (const [B, T, H] of [
    [3, 4, 2],
    [2, 1, 3],
    [4, 7, 5],
  ])
    await agree(P, draw(from, { B, T, H }));
});

check('batch-independence', async ({ run, same, draw: from }) => {
  const { x } = draw(from);
  for (const pass of [S, P]) {
    const { s } = await run(pass, { x });
    for (const n of [0, 1, 2]) same(`${pass}'s s of sequence ${n} in the batch`, s[n], (await run(pass, { x: [x[n]] })).s[0]);
  }
});

check('kernels', async ({ growth, draw: from }) => {
  await growth(P, (T) => draw(from, { B: 1, T, H: 2 }), 32, 1.05); // one matrix product: the count does not know T
});

check('no-leaks', async ({ leaveNothing, draw: from }) => {
  for (const pass of [S, P]) await leaveNothing(pass, draw(from));
});
