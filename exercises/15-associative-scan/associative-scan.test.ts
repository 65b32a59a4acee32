import { exerciseChecks, race, type Random } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['linearRecurrenceSequential', 'linearRecurrenceParallel'] as const;

/** Gates in (0, 1), as the recurrent models of this unit have them; inputs and states of size one. */
function draw(random: Random, { B = 2, T = 5, H = 3 } = {}) {
  return { a: random.uniform([B, T, H], 0.05, 0.95), b: random.normal([B, T, H]), h0: random.normal([B, H]) };
}

check('one-step', async ({ agree, random }) => {
  for (const pass of [S, P]) await agree(pass, draw(random, { T: 1 }));
});

check('sequential', async ({ agree, random }) => {
  for (const T of [2, 3, 9]) await agree(S, draw(random, { T }));
});

check('parallel', async ({ agree, random }) => {
  for (const T of [2, 3, 4, 5, 8, 13]) await agree(P, draw(random, { T }));
});

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

check('any-split', async ({ run, expectClose, random }) => {
  const { a, b, h0 } = draw(random, { T: 11 });
  const cut = (x: number[][][], start: number, end?: number) => x.map((sequence) => sequence.slice(start, end));
  for (const pass of [S, P]) {
    const { h } = await run(pass, { a, b, h0 });
    for (const k of [1, 4, 10]) {
      const first = await run(pass, { a: cut(a, 0, k), b: cut(b, 0, k), h0 });
      const second = await run(pass, { a: cut(a, k), b: cut(b, k), h0: first.h.map((sequence) => sequence[k - 1]) });
      expectClose(`${pass}'s h after a split at ${k}`, cut(h, k), second.h);
    }
  }
});

check('causality', async ({ run, expectClose, random }) => {
  const { a, b, h0 } = draw(random, { T: 7 });
  const changed = b.map((sequence) => sequence.map((row, t) => (t < 4 ? row : row.map((value) => value + 1000))));
  for (const pass of [S, P]) {
    const [before, after] = [await run(pass, { a, b, h0 }), await run(pass, { a, b: changed, h0 })];
    const early = (h: number[][][]) => h.map((sequence) => sequence.slice(0, 4));
    expectClose(`${pass}'s h before the change`, early(after.h), early(before.h), 'exactly');
  }
});

check('long-sequences', async ({ agree, random }) => {
  for (const T of [128, 300, 1023])
    await agree(P, draw(random, { B: 1, T, H: 2 }), { times: 4, why: 'a thousand steps add up their roundings' });
});

check('gradients', async ({ agreeGradients, random }) => {
  for (const pass of [S, P]) await agreeGradients(pass, draw(random, { T: 6 }), 'h', ['a', 'b', 'h0']);
});

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, T, H: 2 }), 64, 1.3); // log2 grows by one: 53 / 46 kernels in the reference
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  for (const pass of [S, P]) await expectNoLeaks(pass, draw(random));
});

check(
  'race',
  race((random, sizes) => draw(random, sizes)),
);
