import { exerciseChecks, type Random } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);

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
  await agree('elmanSequence', draw(random, { T: 1 }));
});

check('by-hand', async ({ run, expectClose }) => {
  const { h } = await run('elmanSequence', { x: [[[1], [2], [3]]], h0: [[0]], Wx: [[0.5]], Wh: [[0.8]], b: [0] });
  expectClose('h', h, [
    [[Math.tanh(0.5)], [Math.tanh(1 + 0.8 * Math.tanh(0.5))], [Math.tanh(1.5 + 0.8 * Math.tanh(1 + 0.8 * Math.tanh(0.5)))]],
  ]);
});

check('input-term', async ({ agree, random }) => {
  const input = draw(random, { T: 2 });
  await agree('elmanSequence', { ...input, Wh: zeros(input.Wh) });
});

check('state-term', async ({ agree, random }) => {
  const input = draw(random, { T: 2 });
  await agree('elmanSequence', { ...input, Wx: zeros(input.Wx), b: input.b.map(() => 0) });
});

check('specification', async ({ agree, random }) => {
  for (const [B, T, I, H] of [
    [2, 3, 4, 5],
    [3, 5, 4, 2],
    [1, 9, 3, 4],
  ])
    await agree('elmanSequence', draw(random, { B, T, I, H }));
});

check('square', async ({ agree, random }) => {
  await agree('elmanSequence', draw(random, { I: 3, H: 3 }));
});

check('last-state', async ({ run, expectClose, random }) => {
  for (const T of [2, 6]) {
    const { h, hT } = await run('elmanSequence', draw(random, { T }));
    expectClose(
      'hT',
      hT,
      h.map((states) => states[T - 1]),
    );
  }
});

check('causality', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 7 });
  const x = input.x.map((xs) => xs.map((row, t) => (t < 4 ? row : row.map((value) => value + 1000))));
  const [before, after] = [await run('elmanSequence', input), await run('elmanSequence', { ...input, x })];
  const early = (h: number[][][]) => h.map((states) => states.slice(0, 4));
  expectClose('h before the change', early(after.h), early(before.h), 'exactly');
});

check('any-split', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 8 });
  const { h, hT } = await run('elmanSequence', input);
  for (const k of [1, 3, 7]) {
    const first = await run('elmanSequence', { ...input, x: input.x.map((xs) => xs.slice(0, k)) });
    const second = await run('elmanSequence', { ...input, x: input.x.map((xs) => xs.slice(k)), h0: first.hT });
    expectClose(
      `the second part of h after a split at ${k}`,
      second.h,
      h.map((states) => states.slice(k)),
    );
    expectClose(`hT after a split at ${k}`, second.hT, hT);
  }
});

check('batch-independence', async ({ run, expectClose, random }) => {
  const input = draw(random, { B: 3 });
  const { h } = await run('elmanSequence', input);
  for (const n of [0, 1, 2]) {
    const alone = await run('elmanSequence', { ...input, x: [input.x[n]], h0: [input.h0[n]] });
    expectClose(`h of sequence ${n} in the batch`, h[n], alone.h[0]);
  }
});

check('gradients', async ({ agreeGradients, random }) => {
  for (const of of ['h', 'hT']) await agreeGradients('elmanSequence', draw(random), of, ['x', 'h0', 'Wx', 'Wh', 'b']);
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  await expectNoLeaks('elmanSequence', draw(random));
});
