import { agrees, anySplit, causal, differentiable, exerciseChecks, leavesNothing, race, type Random } from '#authoring';
import { add, mapNumbers, matmul, type Matrix, type Row, scale, sigmoid, zerosLike, zipNumbers } from '#authoring';

import { oracle } from './oracle.ts';
import { drawRaced, grouped } from './raced-input.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['minGruSequential', 'minGruParallel'] as const;
const passes = [S, P];

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

const [open, shut] = [50, -50]; // a sigmoid of 50 is 1 in float32, one of -50 is 2e-22
const affine = (x: Matrix[], W: Matrix, bias: Row) => x.map((xs) => matmul(xs, W).map((row) => add(row, bias)));

check('one-step', agrees({ passes, sizes: [{ T: 1 }], input: draw }));

check('by-hand', async ({ run, expectClose }) => {
  const input = { x: [[[1], [0], [-1]]], h0: [[0]], Wz: [[Math.log(3)]], bz: [0], Wh: [[4]], bh: [4] };
  for (const pass of [S, P]) expectClose(`${pass}'s h`, (await run(pass, input)).h, [[[6], [5], [3.75]]]);
});

const sizes = [
  { B: 3, T: 2, I: 5, H: 4 },
  { B: 2, T: 3, I: 4, H: 5 },
];
check('sequential', agrees({ passes: [S], sizes: [...sizes, { B: 1, T: 9, I: 3, H: 2 }], input: draw }));

const longer = [
  { B: 3, T: 4, I: 2, H: 5 },
  { B: 2, T: 8, I: 3, H: 1 },
  { B: 1, T: 13, I: 3, H: 2 },
];
check('parallel', agrees({ passes: [P], sizes: [...sizes, ...longer], input: draw }));

check('square', agrees({ passes, sizes: [{ I: 3, H: 3 }], input: draw }));

check('gate-open-and-shut', async ({ run, expectClose, random }) => {
  const input = draw(random);
  const withGate = (bias: number) => ({ ...input, bz: input.bz.map(() => bias) });
  for (const pass of [S, P]) {
    expectClose(`${pass}'s h with every z at 1`, (await run(pass, withGate(open))).h, affine(input.x, input.Wh, input.bh));
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
      (await run(pass, { ...input, h0, Wh: zerosLike(input.Wh) })).h,
      input.x.map((xs) => xs.map(() => input.bh)),
    );
});

check('blind', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 7 });
  const h0 = mapNumbers(input.h0, (h) => h + 1);
  const kept = mapNumbers(affine(input.x, input.Wz, input.bz), (score) => sigmoid(-score)); // 1 - z
  const shares = kept.map((steps) => steps.map((_, t) => steps.slice(0, t + 1).reduce((A, row) => zipNumbers(A, row, (a, b) => a * b))));
  for (const pass of [S, P]) {
    const [before, after] = [(await run(pass, input)).h, (await run(pass, { ...input, h0 })).h];
    const change = zipNumbers(after, before, (a, b) => a - b);
    expectClose(`the change of ${pass}'s h by 1 more in h0`, change, shares);
  }
});

check(
  'any-split',
  anySplit({
    passes,
    input: (random) => draw(random, { T: 11 }),
    of: 'h',
    cuts: ['x'],
    at: [1, 4, 10],
    resume: ({ h }: { h: number[][][] }) => ({ h0: h.map((states) => states[states.length - 1]) }),
  }),
);

check('causality', causal({ passes, input: (random) => draw(random, { T: 7 }), of: 'h', changed: ['x'], from: [4] }));

check('long-sequences', async ({ agree, random }) => {
  for (const [T, size] of [
    [128, 1],
    [512, 1],
    [1023, 30], // gates of every kind, down to where 1 - z is 0 in float32
  ]) {
    const input = draw(random, { B: 1, T, I: 3, H: 2 });
    await agree(P, { ...input, Wz: scale(size, input.Wz) }, { times: 4, why: 'a thousand steps add up their roundings' });
  }
  for (const T of [129, 2049]) await agree(P, drawRaced(random, { B: 1, T, I: 3, H: 4 }), grouped); // here the first step is still felt at the last
});

check(
  'gradients',
  differentiable({ passes, input: (random) => draw(random, { T: 6 }), of: ['h'], by: ['x', 'h0', 'Wz', 'bz', 'Wh', 'bh'] }),
);

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, T, I: 3, H: 2 }), 64, 1.3); // log2 grows by one: 62 / 55 kernels in the reference
});

check('no-leaks', leavesNothing({ passes, input: draw }));

check('race', race(drawRaced, grouped));
