import { exerciseChecks, race, type Random } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['minGruSequential', 'minGruParallel'] as const;

/** Weights of size 1 / sqrt(rows), so that gates lie well inside of 0 to 1 and candidates have size one. */
function draw(random: Random, { B = 2, T = 5, I = 4, H = 3 } = {}) {
  return {
    x: random.normal([B, T, I]),
    h0: random.normal([B, H]),
    Wz: random.normal([I, H], I ** -0.5),
    bz: random.normal([H], 0.5),
    Wh: random.normal([I, H], I ** -0.5),
    bh: random.normal([H], 0.5),
  };
}

type Sequences = number[][][]; // [B][T][...]

const [open, shut] = [50, -50]; // a sigmoid of 50 is 1 in float32, one of -50 is 2e-22
const zeros = (W: number[][]) => W.map((row) => row.map(() => 0));
const cut = (x: Sequences, start: number, end?: number) => x.map((sequence) => sequence.slice(start, end));
const sum = (row: number[], W: number[][], b: number[], j: number) => row.reduce((total, value, i) => total + value * W[i][j], b[j]);

check('one-step', async ({ agree, random }) => {
  for (const pass of [S, P]) await agree(pass, draw(random, { T: 1 }));
});

check('by-hand', async ({ run, expectClose }) => {
  const input = { x: [[[1], [0], [-1]]], h0: [[0]], Wz: [[Math.log(3)]], bz: [0], Wh: [[4]], bh: [4] };
  for (const pass of [S, P]) expectClose(`${pass}'s h`, (await run(pass, input)).h, [[[6], [5], [3.75]]]);
});

check('sequential', async ({ agree, random }) => {
  for (const [B, T, I, H] of [
    [3, 2, 5, 4],
    [2, 3, 4, 5],
    [1, 9, 3, 2],
  ])
    await agree(S, draw(random, { B, T, I, H }));
});

check('parallel', async ({ agree, random }) => {
  for (const [B, T, I, H] of [
    [3, 2, 5, 4],
    [2, 3, 4, 5],
    [3, 4, 2, 5],
    [2, 8, 3, 1],
    [1, 13, 3, 2],
  ])
    await agree(P, draw(random, { B, T, I, H }));
});

check('square', async ({ agree, random }) => {
  for (const pass of [S, P]) await agree(pass, draw(random, { I: 3, H: 3 }));
});

check('gate-open-and-shut', async ({ run, expectClose, random }) => {
  const input = draw(random);
  const withGate = (bias: number) => ({ ...input, bz: input.bz.map(() => bias) });
  const candidates = input.x.map((xs) => xs.map((row) => input.bh.map((_, j) => sum(row, input.Wh, input.bh, j))));
  for (const pass of [S, P]) {
    expectClose(`${pass}'s h with every z at 1`, (await run(pass, withGate(open))).h, candidates);
    expectClose(
      `${pass}'s h with every z at 0`,
      (await run(pass, withGate(shut))).h,
      input.x.map((xs, n) => xs.map(() => input.h0[n])),
    );
  }
});

check('shares', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 6 });
  const h0 = input.h0.map(() => input.bh);
  for (const pass of [S, P])
    expectClose(
      `${pass}'s h where h0 and all candidates are equal`,
      (await run(pass, { ...input, h0, Wh: zeros(input.Wh) })).h,
      input.x.map((xs) => xs.map(() => input.bh)),
    );
});

check('blind', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 7 });
  const h0 = input.h0.map((units) => units.map((h) => h + 1));
  const kept = (xT: number[], j: number) => 1 / (1 + Math.exp(sum(xT, input.Wz, input.bz, j))); // 1 - z
  const shares = input.x.map((xs) => xs.map((_, t) => input.bz.map((_b, j) => xs.slice(0, t + 1).reduce((A, xT) => A * kept(xT, j), 1))));
  for (const pass of [S, P]) {
    const [before, after] = [(await run(pass, input)).h, (await run(pass, { ...input, h0 })).h];
    const change = after.map((states, n) => states.map((units, t) => units.map((h, j) => h - before[n][t][j])));
    expectClose(`the change of ${pass}'s h by 1 more in h0`, change, shares);
  }
});

check('any-split', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 11 });
  for (const pass of [S, P]) {
    const { h } = await run(pass, input);
    for (const k of [1, 4, 10]) {
      const first = await run(pass, { ...input, x: cut(input.x, 0, k) });
      const second = await run(pass, { ...input, x: cut(input.x, k), h0: first.h.map((states) => states[k - 1]) });
      expectClose(`${pass}'s h after a split at ${k}`, second.h, cut(h, k));
    }
  }
});

check('causality', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 7 });
  const x = input.x.map((xs) => xs.map((row, t) => (t < 4 ? row : row.map((value) => value + 1000))));
  for (const pass of [S, P]) {
    const [before, after] = [await run(pass, input), await run(pass, { ...input, x })];
    expectClose(`${pass}'s h before the change`, cut(after.h, 0, 4), cut(before.h, 0, 4), 'exactly');
  }
});

check('long-sequences', async ({ agree, random }) => {
  for (const [T, size] of [
    [128, 1],
    [512, 1],
    [1023, 30], // gates of every kind, down to where 1 - z is 0 in float32
  ]) {
    const input = draw(random, { B: 1, T, I: 3, H: 2 });
    const Wz = input.Wz.map((row) => row.map((value) => size * value));
    await agree(P, { ...input, Wz }, { times: 4, why: 'a thousand steps add up their roundings' });
  }
});

check('gradients', async ({ agreeGradients, random }) => {
  for (const pass of [S, P]) await agreeGradients(pass, draw(random, { T: 6 }), 'h', ['x', 'h0', 'Wz', 'bz', 'Wh', 'bh']);
});

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, T, I: 3, H: 2 }), 64, 1.3); // log2 grows by one: 62 / 55 kernels in the reference
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  for (const pass of [S, P]) await expectNoLeaks(pass, draw(random));
});

check(
  'race',
  race((random, sizes) => draw(random, sizes)),
);
