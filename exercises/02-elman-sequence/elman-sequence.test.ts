import { agrees, anySplit, batchIndependent, causal, differentiable, exerciseChecks, leavesNothing, type Random } from '#authoring';
import { zerosLike } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const passes = ['elmanSequence'];

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

check('by-hand', async ({ run, expectClose }) => {
  const { h } = await run('elmanSequence', { x: [[[1], [2], [3]]], h0: [[0]], Wx: [[0.5]], Wh: [[0.8]], b: [0] });
  expectClose('h', h, [
    [[Math.tanh(0.5)], [Math.tanh(1 + 0.8 * Math.tanh(0.5))], [Math.tanh(1.5 + 0.8 * Math.tanh(1 + 0.8 * Math.tanh(0.5)))]],
  ]);
});

check('input-term', async ({ agree, random }) => {
  const input = draw(random, { T: 2 });
  await agree('elmanSequence', { ...input, Wh: zerosLike(input.Wh) });
});

check('state-term', async ({ agree, random }) => {
  const input = draw(random, { T: 2 });
  await agree('elmanSequence', { ...input, Wx: zerosLike(input.Wx), b: zerosLike(input.b) });
});

const sizes = [
  { B: 2, T: 3, I: 4, H: 5 },
  { B: 3, T: 5, I: 4, H: 2 },
  { B: 1, T: 9, I: 3, H: 4 },
];
check('specification', agrees({ passes, sizes, input: draw }));
check('square', agrees({ passes, sizes: [{ I: 3, H: 3 }], input: draw }));

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

check('gradients', differentiable({ passes, input: draw, of: ['h', 'hT'], by: ['x', 'h0', 'Wx', 'Wh', 'b'] }));

check('no-leaks', leavesNothing({ passes, input: draw }));
