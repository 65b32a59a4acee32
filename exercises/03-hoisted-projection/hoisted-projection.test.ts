import { agrees, anySplit, batchIndependent, causal, differentiable, exerciseChecks, leavesNothing, race, type Random } from '#authoring';
import { zerosLike } from '#authoring';

import { oracle } from './oracle.ts';
import { drawRaced } from './raced-input.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['elmanSequential', 'elmanParallel'] as const;
const passes = [S, P];

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

check('one-step', agrees({ passes, sizes: [{ T: 1 }], input: draw }));

check('projection-alone', async ({ agree, random }) => {
  const input = draw(random, { B: 3 });
  for (const pass of [S, P]) await agree(pass, { ...input, Wh: zerosLike(input.Wh) });
});

check('bias-once', async ({ run, expectClose, random }) => {
  const input = draw(random);
  for (const pass of [S, P]) {
    const { h } = await run(pass, { ...input, Wx: zerosLike(input.Wx), Wh: zerosLike(input.Wh) });
    expectClose(
      `${pass}'s h`,
      h,
      h.map((states) => states.map(() => input.b.map(Math.tanh))),
    );
  }
});

check('loop-alone', async ({ agree, random }) => {
  const input = draw(random);
  for (const pass of [S, P]) await agree(pass, { ...input, Wx: zerosLike(input.Wx), b: zerosLike(input.b) });
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

const sizes = [
  { B: 2, T: 3, I: 4, H: 5 },
  { B: 3, T: 5, I: 4, H: 2 },
  { B: 1, T: 9, I: 3, H: 4 },
];
const [smallest, ...others] = sizes;
check('sequential', agrees({ passes: [S], sizes, input: draw }));
check('parallel', async (examination) => {
  const shorter = [smallest, { B: 3, T: 2, I: 4, H: 5 }, ...others, { B: 4, T: 17, I: 1, H: 3 }];
  await agrees({ passes: [P], sizes: shorter, input: draw })(examination);
  await agrees({ passes: [P], sizes: [{ B: 1, T: 300, I: 3, H: 4 }], input: drawRaced })(examination); // here the first step is still felt at the last
});
check('square', agrees({ passes, sizes: [{ I: 3, H: 3 }], input: draw }));

check('causality', causal({ passes, input: (random) => draw(random, { T: 7 }), of: 'h', changed: ['x'], from: [4] }));

check(
  'any-split',
  anySplit({
    passes,
    input: (random) => draw(random, { T: 8 }),
    of: 'h',
    cuts: ['x'],
    at: [1, 3, 7],
    resume: ({ hT }: { hT: number[][] }) => ({ h0: hT }),
    last: ['hT'],
  }),
);

check('batch-independence', batchIndependent({ passes, input: (random) => draw(random, { B: 3 }), of: 'h', batched: ['x', 'h0'] }));

check(
  'gradients',
  differentiable({ passes, input: (random) => draw(random, { T: 3 }), of: ['h', 'hT'], by: ['x', 'h0', 'Wx', 'Wh', 'b'] }),
);

check('kernels', async ({ expectKernelsPerStep, random }) => {
  await expectKernelsPerStep(P, (T) => draw(random, { T }), 16, 3); // 3 T + 6 in the reference; each step of the sequential pass takes 5, and 4 with [x, h] joined
});

check('no-leaks', leavesNothing({ passes, input: draw }));

check('race', race(drawRaced));
