import { exerciseChecks, race, type Random } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['elmanSequential', 'elmanParallel'] as const;

/** Weights of size 1 / sqrt(rows), so that no unit sits at the flat ends of tanh, where every mistake looks the same. */
function draw(random: Random, { B = 2, T = 4, I = 3, H = 5 } = {}) {
  return {
    x: random.normal([B, T, I]),
    h0: random.normal([B, H], 0.5),
    Wx: random.normal([I, H], I ** -0.5),
    Wh: random.normal([H, H], H ** -0.5),
    b: random.normal([H], 0.5),
  };
}

const zeros = (W: number[][]) => W.map((row) => row.map(() => 0));

check('one-step', async ({ agree, random }) => {
  for (const pass of [S, P]) await agree(pass, draw(random, { T: 1 }));
});

check('projection-alone', async ({ agree, random }) => {
  const input = draw(random, { B: 3 });
  for (const pass of [S, P]) await agree(pass, { ...input, Wh: zeros(input.Wh) });
});

check('bias-once', async ({ run, expectClose, random }) => {
  const input = draw(random);
  for (const pass of [S, P]) {
    const { h } = await run(pass, { ...input, Wx: zeros(input.Wx), Wh: zeros(input.Wh) });
    expectClose(
      `${pass}'s h`,
      h,
      h.map((states) => states.map(() => input.b.map(Math.tanh))),
    );
  }
});

check('loop-alone', async ({ agree, random }) => {
  const input = draw(random);
  for (const pass of [S, P]) await agree(pass, { ...input, Wx: zeros(input.Wx), b: input.b.map(() => 0) });
});

check('by-hand', async ({ run, expectClose }) => {
  const x = [
    [[1], [-1]],
    [[2], [3]],
  ]; // two sequences of two steps
  const step = (a: number, h: number) => Math.tanh(a + 0.8 * h);
  const [first, second] = [step(0.75, 0), step(1.25, 0)];
  for (const pass of [S, P]) {
    const { h } = await run(pass, { x, h0: [[0], [0]], Wx: [[0.5]], Wh: [[0.8]], b: [0.25] });
    expectClose(`${pass}'s h`, h, [
      [[first], [step(-0.25, first)]],
      [[second], [step(1.75, second)]],
    ]);
  }
});

check('sequential', async ({ agree, random }) => {
  for (const [B, T, I, H] of [
    [2, 3, 4, 5],
    [3, 5, 4, 2],
    [1, 9, 3, 4],
  ])
    await agree(S, draw(random, { B, T, I, H }));
});

check('parallel', async ({ agree, random }) => {
  for (const [B, T, I, H] of [
    [2, 3, 4, 5],
    [3, 2, 4, 5],
    [3, 5, 4, 2],
    [1, 9, 3, 4],
    [4, 17, 1, 3],
  ])
    await agree(P, draw(random, { B, T, I, H }));
});

check('square', async ({ agree, random }) => {
  for (const pass of [S, P]) await agree(pass, draw(random, { I: 3, H: 3 }));
});

check('causality', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 7 });
  const x = input.x.map((xs) => xs.map((row, t) => (t < 4 ? row : row.map((value) => value + 1000))));
  const early = (h: number[][][]) => h.map((states) => states.slice(0, 4));
  for (const pass of [S, P]) {
    const [before, after] = [await run(pass, input), await run(pass, { ...input, x })];
    expectClose(`${pass}'s h before the change`, early(after.h), early(before.h), 'exactly');
  }
});

check('any-split', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 8 });
  for (const pass of [S, P]) {
    const { h, hT } = await run(pass, input);
    for (const k of [1, 3, 7]) {
      const first = await run(pass, { ...input, x: input.x.map((xs) => xs.slice(0, k)) });
      const second = await run(pass, { ...input, x: input.x.map((xs) => xs.slice(k)), h0: first.hT });
      expectClose(
        `the second part of ${pass}'s h after a split at ${k}`,
        second.h,
        h.map((states) => states.slice(k)),
      );
      expectClose(`${pass}'s hT after a split at ${k}`, second.hT, hT);
    }
  }
});

check('batch-independence', async ({ run, expectClose, random }) => {
  const input = draw(random, { B: 3 });
  for (const pass of [S, P]) {
    const { h } = await run(pass, input);
    for (const n of [0, 1, 2]) {
      const alone = await run(pass, { ...input, x: [input.x[n]], h0: [input.h0[n]] });
      expectClose(`${pass}'s h of sequence ${n} in the batch`, h[n], alone.h[0]);
    }
  }
});

check('gradients', async ({ agreeGradients, random }) => {
  for (const pass of [S, P])
    for (const of of ['h', 'hT']) await agreeGradients(pass, draw(random, { T: 3 }), of, ['x', 'h0', 'Wx', 'Wh', 'b']);
});

check('kernels', async ({ expectKernelsPerStep, random }) => {
  await expectKernelsPerStep(P, (T) => draw(random, { T }), 16, 3); // 3 T + 6 in the reference; each step of the sequential pass takes 5, and 4 with [x, h] joined
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  for (const pass of [S, P]) await expectNoLeaks(pass, draw(random));
});

check(
  'race',
  race((random, sizes) => draw(random, sizes)),
);
