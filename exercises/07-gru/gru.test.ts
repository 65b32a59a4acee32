import { agrees, anySplit, causal, differentiable, exerciseChecks, leavesNothing, type Random } from '#authoring';
import { mapNumbers, sigmoid, zerosLike } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const passes = ['gru'];

/** Weights of size 1 / sqrt(rows), so that gates are neither open nor shut and every mistake shows. */
function draw(random: Random, { B = 2, T = 4, I = 3, H = 5 } = {}) {
  return {
    x: random.normal([B, T, I]),
    h0: random.normal([B, H], 0.5),
    Wx: random.normal([I, 3 * H], I ** -0.5),
    Wh: random.normal([H, 3 * H], H ** -0.5),
    bx: random.normal([3 * H], 0.5),
    bh: random.normal([3 * H]),
  };
}

const [open, shut] = [50, -50]; // a sigmoid of 50 is 1 in float32, one of -50 is 2e-22

/** The bias `bx` with one value for all units of the gates that are named. */
const withGates = (bx: number[], gates: { r?: number; z?: number }) => {
  const H = bx.length / 3;
  return bx.map((bias, k) => [gates.r, gates.z][Math.floor(k / H)] ?? bias);
};

check('one-step', agrees({ passes, sizes: [{ T: 1 }], input: draw }));

check('by-hand', async ({ run, expectClose }) => {
  const step = (x: number, h: number) => {
    const [r, z] = [sigmoid(2 * x), sigmoid(-4 * x + 2)];
    return (1 - z) * Math.tanh(x + r * h) + z * h;
  };
  const [h0, h1, h2] = [step(1, 0), step(0, step(1, 0)), step(1, step(0, step(1, 0)))];
  const { h } = await run('gru', {
    x: [[[1], [0], [1]]],
    h0: [[0]],
    Wx: [[2, -4, 1]],
    Wh: [[0, 0, 1]],
    bx: [0, 2, 0],
    bh: [0, 0, 0],
  });
  expectClose('h', h, [[[h0], [h1], [h2]]]);
});

check('gate-order', async ({ agree, random }) => {
  const input = draw(random, { T: 2, H: 5 });
  const ofCandidate = input.Wh.map((row) => row.map((value, k) => (k < 10 ? 0 : value)));
  await agree('gru', { ...input, Wx: zerosLike(input.Wx), Wh: ofCandidate });
});

check('copy', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 100 });
  const { h } = await run('gru', { ...input, bx: withGates(input.bx, { z: open }) });
  expectClose(
    'h',
    h,
    input.x.map((xs, n) => xs.map(() => input.h0[n])),
  );
});

check('elman', async ({ agree, random }) => {
  const input = draw(random);
  await agree('gru', { ...input, bx: withGates(input.bx, { r: open }) });
  await agree('gru', { ...input, bx: withGates(input.bx, { r: open, z: shut }) });
});

check('reset', async ({ run, expectClose, random }) => {
  const { x, h0, Wh } = draw(random, { I: 2, H: 2, T: 3 });
  const Wx = [
    [0, 0, 0, 0, 1, 0],
    [0, 0, 0, 0, 0, 1],
  ]; // the input of unit j is what its candidate hears
  const bx = withGates([0, 0, 0, 0, 0, 0], { r: shut, z: shut });
  const { h } = await run('gru', { x, h0, Wx, Wh, bx, bh: [0, 0, 0, 0, 0, 0] });
  expectClose('h', h, mapNumbers(x, Math.tanh));
});

check('convention', async ({ run, expectClose }) => {
  const Wh = [
    [0, 0, 0, 0, 1, 2],
    [0, 0, 0, 0, 3, 1],
  ];
  const bx = [shut, open, shut, shut, 0, 0]; // unit 0 has its reset gate shut, unit 1 has it open
  const input = { x: [[[7]]], h0: [[0.4, 0.2]], Wx: [[0, 0, 0, 0, 0, 0]], Wh, bx };
  const plain = await run('gru', { ...input, bh: [0, 0, 0, 0, 0, 0] });
  expectClose('h', plain.h, [[[0, Math.tanh(1)]]]);
  const biased = await run('gru', { ...input, bh: [0, 0, 0, 0, 0.5, -0.5] });
  expectClose('h with a bias beside the state', biased.h, [[[0, Math.tanh(0.5)]]]);
});

check('between', async ({ run, require, random }) => {
  const input = draw(random, { T: 6 });
  const { h } = await run('gru', input);
  for (const t of input.x[0].keys()) {
    const before = t === 0 ? input.h0 : h.map((states) => states[t - 1]);
    const here = { ...input, x: input.x.map((xs) => [xs[t]]), h0: before };
    const { hT: candidate } = await run('gru', { ...here, bx: withGates(input.bx, { z: shut }) });
    for (const [n, units] of candidate.entries())
      for (const [j, value] of units.entries()) {
        const [low, high] = [Math.min(value, before[n][j]), Math.max(value, before[n][j])];
        const error = 1e-5; // an average in float32 can miss by its last digits
        require(h[n][t][j] >= low - error &&
          h[n][t][j] <=
            high +
              error, `h[${n}][${t}][${j}] is ${h[n][t][j].toPrecision(6)}, outside of ${low.toPrecision(6)} to ${high.toPrecision(6)}, the old state and what your pass gives with the update gate shut`);
      }
  }
});

check(
  'specification',
  agrees({
    passes,
    sizes: [
      { B: 2, T: 3, I: 4, H: 5 },
      { B: 3, T: 5, I: 4, H: 2 },
      { B: 1, T: 9, I: 3, H: 4 },
    ],
    input: draw,
  }),
);

check('square', agrees({ passes, sizes: [{ I: 3, H: 3 }], input: draw }));

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

check('causality', causal({ passes, input: (random) => draw(random, { T: 7 }), of: 'h', changed: ['x'], from: [4] }));

check(
  'gradients',
  differentiable({
    passes,
    input: (random) => draw(random, { T: 3, H: 2 }),
    of: ['h', 'hT'],
    by: ['x', 'h0', 'Wx', 'Wh', 'bx', 'bh'],
  }),
);

check('no-leaks', leavesNothing({ passes, input: draw }));
