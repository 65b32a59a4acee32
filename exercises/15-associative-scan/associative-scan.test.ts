import { agrees, anySplit, causal, differentiable, exerciseChecks, leavesNothing, race, type Random } from '#authoring';

import { oracle } from './oracle.ts';
import { drawRaced, grouped } from './raced-input.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['linearRecurrenceSequential', 'linearRecurrenceParallel'] as const;
const passes = [S, P];

/** Gates in (0, 1), as the recurrent models of this unit have them; inputs and states of size one. */
function draw(random: Random, { B = 2, T = 5, H = 3 } = {}) {
  return { a: random.uniform([B, T, H], 0.05, 0.95), b: random.normal([B, T, H]), h0: random.normal([B, H]) };
}

check('one-step', agrees({ passes, sizes: [{ T: 1 }], input: draw }));
check('sequential', agrees({ passes: [S], sizes: [2, 3, 9].map((T) => ({ T })), input: draw }));
check('parallel', agrees({ passes: [P], sizes: [2, 3, 4, 5, 8, 13].map((T) => ({ T })), input: draw }));

check('impulse', async ({ run, expectClose }) => {
  const a = [[[0.5], [0.5], [0.5], [0.5]]];
  const b = [[[1], [0], [0], [0]]];
  for (const pass of [S, P]) expectClose(`${pass}'s h`, (await run(pass, { a, b, h0: [[0]] })).h, [[[1], [0.5], [0.25], [0.125]]]);
});

check('gates-open-and-shut', async ({ run, expectClose }) => {
  const b = [[[1], [2], [3], [4], [5]]];
  const gates = (value: number) => [b[0].map(() => [value])];
  for (const pass of [S, P]) {
    expectClose(`${pass}'s h with every gate at 0`, (await run(pass, { a: gates(0), b, h0: [[7]] })).h, b);
    expectClose(`${pass}'s h with every gate at 1`, (await run(pass, { a: gates(1), b, h0: [[10]] })).h, [[[11], [13], [16], [20], [25]]]);
  }
});

check(
  'any-split',
  anySplit({
    passes,
    input: (random) => draw(random, { T: 11 }),
    of: 'h',
    cuts: ['a', 'b'],
    at: [1, 4, 10],
    resume: ({ h }: { h: number[][][] }) => ({ h0: h.map((states) => states[states.length - 1]) }),
  }),
);

check('causality', causal({ passes, input: (random) => draw(random, { T: 7 }), of: 'h', changed: ['b'], from: [4] }));

check('long-sequences', async ({ agree, random }) => {
  for (const T of [128, 300, 1023])
    await agree(P, draw(random, { B: 1, T, H: 2 }), { times: 4, why: 'a thousand steps add up their roundings' });
  for (const T of [129, 2049]) await agree(P, drawRaced(random, { B: 1, T, H: 4 }), grouped); // here the first step is still felt at the last
});

check('gradients', differentiable({ passes, input: (random) => draw(random, { T: 6 }), of: ['h'], by: ['a', 'b', 'h0'] }));

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, T, H: 2 }), 64, 1.3); // log2 grows by one: 53 / 46 kernels in the reference
});

check('no-leaks', leavesNothing({ passes, input: draw }));

check('race', race(drawRaced, grouped));
