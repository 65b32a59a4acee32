import { exerciseChecks, type Random } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);

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
const zeros = (W: number[][]) => W.map((row) => row.map(() => 0));
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** The bias `bx` with one value for all units of the gates that are named. */
const withGates = (bx: number[], gates: { r?: number; z?: number }) => {
  const H = bx.length / 3;
  return bx.map((bias, k) => [gates.r, gates.z][Math.floor(k / H)] ?? bias);
};

check('one-step', async ({ agree, random }) => {
  await agree('gru', draw(random, { T: 1 }));
});

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
  await agree('gru', { ...input, Wx: zeros(input.Wx), Wh: ofCandidate });
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
  expectClose(
    'h',
    h,
    x.map((xs) => xs.map((row) => row.map(Math.tanh))),
  );
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

check('specification', async ({ agree, random }) => {
  for (const [B, T, I, H] of [
    [2, 3, 4, 5],
    [3, 5, 4, 2],
    [1, 9, 3, 4],
  ])
    await agree('gru', draw(random, { B, T, I, H }));
});

check('square', async ({ agree, random }) => {
  await agree('gru', draw(random, { I: 3, H: 3 }));
});

check('any-split', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 8 });
  const { h, hT } = await run('gru', input);
  for (const k of [1, 3, 7]) {
    const first = await run('gru', { ...input, x: input.x.map((xs) => xs.slice(0, k)) });
    const second = await run('gru', { ...input, x: input.x.map((xs) => xs.slice(k)), h0: first.hT });
    expectClose(
      `the second part of h after a split at ${k}`,
      second.h,
      h.map((states) => states.slice(k)),
    );
    expectClose(`hT after a split at ${k}`, second.hT, hT);
  }
});

check('causality', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 7 });
  const x = input.x.map((xs) => xs.map((row, t) => (t < 4 ? row : row.map((value) => value + 1000))));
  const [before, after] = [await run('gru', input), await run('gru', { ...input, x })];
  const early = (h: number[][][]) => h.map((states) => states.slice(0, 4));
  expectClose('h before the change', early(after.h), early(before.h), 'exactly');
});

check('gradients', async ({ agreeGradients, random }) => {
  for (const of of ['h', 'hT']) await agreeGradients('gru', draw(random, { T: 3, H: 2 }), of, ['x', 'h0', 'Wx', 'Wh', 'bx', 'bh']);
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  await expectNoLeaks('gru', draw(random));
});
