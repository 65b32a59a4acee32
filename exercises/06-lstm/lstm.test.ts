import { exerciseChecks, type Random } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);

/** Weights of size 1 / sqrt(rows), so that gates are neither open nor shut and every mistake shows. */
function draw(random: Random, { B = 2, T = 4, I = 3, H = 5 } = {}) {
  return {
    x: random.normal([B, T, I]),
    h0: random.normal([B, H], 0.5),
    c0: random.normal([B, H]),
    Wx: random.normal([I, 4 * H], I ** -0.5),
    Wh: random.normal([H, 4 * H], H ** -0.5),
    b: random.normal([4 * H], 0.5),
  };
}

const [open, shut] = [50, -50]; // a sigmoid of 50 is 1 in float32, one of -50 is 2e-22
const zeros = (W: number[][]) => W.map((row) => row.map(() => 0));
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** A bias that is the same for all H units of a block. */
const biases = (H: number, block: { i: number; f: number; g: number; o: number }) =>
  [block.i, block.f, block.g, block.o].flatMap((value) => Array.from({ length: H }, () => value));

check('one-step', async ({ agree, random }) => {
  await agree('lstm', draw(random, { T: 1 }));
});

check('by-hand', async ({ run, expectClose }) => {
  const step = (i: number, f: number, g: number, c: number) => sigmoid(i) * Math.tanh(g) + sigmoid(f) * c;
  const c0 = step(2, 6, 1, 0);
  const c1 = step(-2, 2, Math.tanh(c0), c0); // the state is half of tanh(c), and Wh doubles it again
  const c2 = step(-6, -2, -1 + Math.tanh(c1), c1);
  const { h, cT } = await run('lstm', {
    x: [[[1], [0], [-1]]],
    h0: [[0]],
    c0: [[0]],
    Wx: [[4, 4, 1, 0]],
    Wh: [[0, 0, 2, 0]],
    b: [-2, 2, 0, 0],
  });
  expectClose('h', h, [[c0, c1, c2].map((c) => [0.5 * Math.tanh(c)])]);
  expectClose('cT', cT, [[c2]]);
});

check('gate-order', async ({ agree, random }) => {
  const input = draw(random, { T: 2 });
  await agree('lstm', { ...input, Wx: zeros(input.Wx), Wh: zeros(input.Wh), b: random.normal([20]) });
});

check('carousel', async ({ run, expectClose, random, subject }) => {
  const T = subject.device.kind === 'software' ? 100 : 1000; // a software GPU takes 0.1 s a step
  const { x: noise, Wx: weights, ...rest } = draw(random, { T, H: 4 });
  const x = noise.map((xs) => xs.map(([, ...others], t) => [t === 0 ? 1 : 0, ...others])); // the first number opens the input gate, at step 0 alone
  const Wx = [biases(4, { i: 2 * open, f: 0, g: 1, o: 0 }), ...weights.slice(1)];
  const input = { ...rest, x, Wx, b: biases(4, { i: shut, f: open, g: 0, o: 0 }) };
  const first = await run('lstm', { ...input, x: x.map((xs) => xs.slice(0, 1)) });
  const { cT } = await run('lstm', input);
  expectClose(`cT after ${T} steps`, cT, first.cT, { times: 0.1, why: 'a gate of exactly 1 takes nothing away, however often it is used' });
});

check('write', async ({ run, expectClose, random }) => {
  const { x, h0, c0 } = draw(random, { I: 2, H: 2, T: 3 });
  const Wx = [
    [0, 0, 0, 0, 1, 0, 0, 0],
    [0, 0, 0, 0, 0, 1, 0, 0],
  ]; // the candidate of unit j is tanh of input j
  const { h, cT } = await run('lstm', { x, h0, c0, Wx, Wh: zeros(Wx), b: biases(2, { i: open, f: shut, g: 0, o: 0 }) });
  const candidate = x.map((xs) => xs.map((row) => row.map(Math.tanh)));
  expectClose(
    'h',
    h,
    candidate.map((rows) => rows.map((row) => row.map((g) => 0.5 * Math.tanh(g)))),
  );
  expectClose(
    'cT',
    cT,
    candidate.map((rows) => rows[2]),
  );
});

check('count', async ({ run, expectClose, random }) => {
  const { x, h0, Wx, Wh } = draw(random, { B: 1, T: 5, H: 2 });
  const input = { x, h0, c0: [[-2.5, -3]], Wx: zeros(Wx), Wh: zeros(Wh), b: biases(2, { i: open, f: open, g: open, o: open }) };
  const { h, cT } = await run('lstm', input);
  expectClose('h', h, [[1, 2, 3, 4, 5].map((n) => [Math.tanh(n - 2.5), Math.tanh(n - 3)])]);
  expectClose('cT', cT, [[2.5, 2]]);
});

check('output-gate', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 6 });
  const shown = (o: number) =>
    run('lstm', { ...input, Wh: zeros(input.Wh), b: [...input.b.slice(0, 15), ...input.b.slice(15).map(() => o)] });
  const [hidden, visible] = [await shown(shut), await shown(open)];
  expectClose(
    'h with the output gate shut',
    hidden.h,
    hidden.h.map((states) => zeros(states)),
  );
  expectClose('cT with the output gate shut', hidden.cT, visible.cT);
});

check('bounded', async ({ run, require, random }) => {
  const input = draw(random, { T: 9 });
  const { h } = await run('lstm', { ...input, x: input.x.map((xs) => xs.map((row) => row.map((value) => 20 * value))) });
  for (const [n, states] of h.entries())
    for (const [t, units] of states.entries())
      for (const [j, value] of units.entries())
        require(Math.abs(value) <= 1, `h[${n}][${t}][${j}] is ${value.toPrecision(6)}, outside of -1 to 1`);
});

check('fading', async ({ run, expectClose, agreeGradients, random }) => {
  const H = 5;
  const drawn = draw(random, { T: 7, H });
  const input = { ...drawn, Wh: zeros(drawn.Wh) };
  const [before, after] = [await run('lstm', input), await run('lstm', { ...input, c0: input.c0.map((units) => units.map((c) => c + 1)) })];
  const gate = (xT: number[], j: number) => sigmoid(xT.reduce((sum, value, i) => sum + value * input.Wx[i][H + j], input.b[H + j]));
  expectClose(
    'the change of cT by 1 more in c0',
    after.cT.map((units, n) => units.map((c, j) => c - before.cT[n][j])),
    input.x.map((xs) => input.c0[0].map((_, j) => xs.reduce((product, xT) => product * gate(xT, j), 1))),
  );
  await agreeGradients('lstm', input, 'cT', ['c0']);
});

check('specification', async ({ agree, random }) => {
  for (const [B, T, I, H] of [
    [2, 3, 4, 5],
    [3, 5, 4, 2],
    [1, 9, 3, 4],
  ])
    await agree('lstm', draw(random, { B, T, I, H }));
});

check('square', async ({ agree, random }) => {
  await agree('lstm', draw(random, { I: 3, H: 3 }));
});

check('any-split', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 8 });
  const { h, cT } = await run('lstm', input);
  for (const k of [1, 3, 7]) {
    const first = await run('lstm', { ...input, x: input.x.map((xs) => xs.slice(0, k)) });
    const second = await run('lstm', { ...input, x: input.x.map((xs) => xs.slice(k)), h0: first.hT, c0: first.cT });
    expectClose(
      `the second part of h after a split at ${k}`,
      second.h,
      h.map((states) => states.slice(k)),
    );
    expectClose(`cT after a split at ${k}`, second.cT, cT);
  }
});

check('gradients', async ({ agreeGradients, random }) => {
  for (const of of ['h', 'hT', 'cT']) await agreeGradients('lstm', draw(random, { T: 3, H: 2 }), of, ['x', 'h0', 'c0', 'Wx', 'Wh', 'b']);
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  await expectNoLeaks('lstm', draw(random));
});
