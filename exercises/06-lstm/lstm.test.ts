import { agrees, anySplit, differentiable, exerciseChecks, leavesNothing, type Random } from '#authoring';
import { cut, mapNumbers, rowTimes, scale, sigmoid, zerosLike, zipNumbers } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const passes = ['lstm'];

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

/** A bias that is the same for all H units of a block. */
const biases = (H: number, block: { i: number; f: number; g: number; o: number }) =>
  [block.i, block.f, block.g, block.o].flatMap((value) => Array.from({ length: H }, () => value));

check('one-step', agrees({ passes, sizes: [{ T: 1 }], input: draw }));

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
  await agree('lstm', { ...input, Wx: zerosLike(input.Wx), Wh: zerosLike(input.Wh), b: random.normal([20]) });
});

check('carousel', async ({ run, expectClose, random, subject }) => {
  const T = subject.device.kind === 'software' ? 100 : 300; // a software GPU takes 0.1 s a step
  const { x: noise, Wx: weights, ...rest } = draw(random, { T, H: 4 });
  const x = noise.map((xs) => xs.map(([, ...others], t) => [t === 0 ? 1 : 0, ...others])); // the first number opens the input gate, at step 0 alone
  const Wx = [biases(4, { i: 2 * open, f: 0, g: 1, o: 0 }), ...weights.slice(1)];
  const input = { ...rest, x, Wx, b: biases(4, { i: shut, f: open, g: 0, o: 0 }) };
  const first = await run('lstm', { ...input, x: cut(x, 1, 0, 1) });
  const { cT } = await run('lstm', input);
  expectClose(`cT after ${T} steps`, cT, first.cT, { times: 0.1, why: 'a gate of exactly 1 takes nothing away, however often it is used' });
});

check('write', async ({ run, expectClose, random }) => {
  const { x, h0, c0 } = draw(random, { I: 2, H: 2, T: 3 });
  const Wx = [
    [0, 0, 0, 0, 1, 0, 0, 0],
    [0, 0, 0, 0, 0, 1, 0, 0],
  ]; // the candidate of unit j is tanh of input j
  const { h, cT } = await run('lstm', { x, h0, c0, Wx, Wh: zerosLike(Wx), b: biases(2, { i: open, f: shut, g: 0, o: 0 }) });
  const candidate = mapNumbers(x, Math.tanh);
  expectClose('h', h, scale(0.5, mapNumbers(candidate, Math.tanh)));
  expectClose(
    'cT',
    cT,
    candidate.map((rows) => rows[2]),
  );
});

check('count', async ({ run, expectClose, random }) => {
  const { x, h0, Wx, Wh } = draw(random, { B: 1, T: 5, H: 2 });
  const input = { x, h0, c0: [[-2.5, -3]], Wx: zerosLike(Wx), Wh: zerosLike(Wh), b: biases(2, { i: open, f: open, g: open, o: open }) };
  const { h, cT } = await run('lstm', input);
  expectClose('h', h, [[1, 2, 3, 4, 5].map((n) => [Math.tanh(n - 2.5), Math.tanh(n - 3)])]);
  expectClose('cT', cT, [[2.5, 2]]);
});

check('output-gate', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 6 });
  const shown = (o: number) =>
    run('lstm', { ...input, Wh: zerosLike(input.Wh), b: [...input.b.slice(0, 15), ...input.b.slice(15).map(() => o)] });
  const [hidden, visible] = [await shown(shut), await shown(open)];
  expectClose('h with the output gate shut', hidden.h, zerosLike(hidden.h));
  expectClose('cT with the output gate shut', hidden.cT, visible.cT);
});

check('bounded', async ({ run, require, random }) => {
  const input = draw(random, { T: 9 });
  const { h } = await run('lstm', { ...input, x: scale(20, input.x) });
  for (const [n, states] of h.entries())
    for (const [t, units] of states.entries())
      for (const [j, value] of units.entries())
        require(Math.abs(value) <= 1, `h[${n}][${t}][${j}] is ${value.toPrecision(6)}, outside of -1 to 1`);
});

check('fading', async ({ run, expectClose, agreeGradients, random }) => {
  const H = 5;
  const drawn = draw(random, { T: 7, H });
  const input = { ...drawn, Wh: zerosLike(drawn.Wh) };
  const [before, after] = [await run('lstm', input), await run('lstm', { ...input, c0: mapNumbers(input.c0, (c) => c + 1) })];
  const gate = (xT: number[], j: number) => sigmoid(rowTimes(xT, input.Wx)[H + j] + input.b[H + j]);
  expectClose(
    'the change of cT by 1 more in c0',
    zipNumbers(after.cT, before.cT, (a, b) => a - b),
    input.x.map((xs) => input.c0[0].map((_, j) => xs.reduce((product, xT) => product * gate(xT, j), 1))),
  );
  await agreeGradients('lstm', input, 'cT', ['c0']);
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
    resume: ({ hT, cT }: { hT: number[][]; cT: number[][] }) => ({ h0: hT, c0: cT }),
    last: ['cT'],
  }),
);

check(
  'gradients',
  differentiable({
    passes,
    input: (random) => draw(random, { T: 3, H: 2 }),
    of: ['h', 'hT', 'cT'],
    by: ['x', 'h0', 'c0', 'Wx', 'Wh', 'b'],
  }),
);

check('no-leaks', leavesNothing({ passes, input: draw }));
