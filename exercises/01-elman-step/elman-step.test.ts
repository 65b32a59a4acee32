import { agrees, batchIndependent, differentiable, exerciseChecks, leavesNothing, type Random, scale, zerosLike } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const passes = ['elmanStep'];

/** Weights of size 1 / sqrt(rows), so that no unit sits at the flat ends of tanh, where every mistake looks the same. */
function draw(random: Random, { B = 2, I = 3, H = 5 } = {}) {
  return {
    x: random.normal([B, I]),
    h: random.normal([B, H], 0.5),
    Wx: random.normal([I, H], I ** -0.5),
    Wh: random.normal([H, H], H ** -0.5),
    b: random.normal([H], 0.5),
  };
}

check('input-term', async ({ agree, random }) => {
  const input = draw(random);
  await agree('elmanStep', { ...input, Wh: zerosLike(input.Wh), b: zerosLike(input.b) });
});

check('state-term', async ({ agree, random }) => {
  const input = draw(random);
  await agree('elmanStep', { ...input, Wx: zerosLike(input.Wx), b: zerosLike(input.b) });
});

check('bias-term', async ({ run, expectClose, random }) => {
  const input = draw(random, { B: 3 });
  await run('elmanStep', input); // without it no tanh and a bias outside of the tanh look the same here, and neither could be named
  const { h } = await run('elmanStep', { ...input, Wx: zerosLike(input.Wx), Wh: zerosLike(input.Wh) });
  expectClose(
    'h',
    h,
    h.map(() => input.b.map(Math.tanh)),
  );
});

check('by-hand', async ({ run, expectClose }) => {
  const Wx = [
    [0.5, -1],
    [0.25, 0.5],
    [0, -0.5],
  ];
  const Wh = [
    [2, 1],
    [0.5, 0.75],
  ];
  const { h } = await run('elmanStep', { x: [[1, 2, -1]], h: [[0.5, -1]], Wx, Wh, b: [-1, 0.75] });
  expectClose('h', h, [[Math.tanh(0.5), Math.tanh(1)]]);
});

check('range', async ({ run, require, random }) => {
  const input = draw(random, { B: 4 });
  const { h } = await run('elmanStep', { ...input, x: scale(10, input.x), b: scale(4, input.b) }); // sums of size ten
  const outside = h.flat().find((value) => Math.abs(value) > 1.00001); // on a GPU the last digit of a tanh may be off
  require(outside === undefined, `h holds ${outside?.toPrecision(6)}, and tanh gives only numbers from -1 to 1`);
});

check('sign', async ({ run, expectClose, random }) => {
  const input = draw(random);
  const { h } = await run('elmanStep', input);
  const turned = await run('elmanStep', { ...input, x: scale(-1, input.x), h: scale(-1, input.h), b: scale(-1, input.b) });
  expectClose('h where x, h and b have changed their sign', turned.h, scale(-1, h));
});

const sizes = [
  { B: 2, I: 3, H: 5 },
  { B: 3, I: 5, H: 2 },
  { B: 1, I: 2, H: 4 },
  { B: 4, I: 1, H: 3 },
];
check('specification', agrees({ passes, sizes, input: draw }));
check('square', agrees({ passes, sizes: [{ I: 3, H: 3 }], input: draw }));

check('batch-independence', batchIndependent({ passes, input: (random) => draw(random, { B: 3 }), of: 'h', batched: ['x', 'h'] }));

check('gradients', differentiable({ passes, input: draw, of: ['h'], by: ['x', 'h', 'Wx', 'Wh', 'b'] }));

check('no-leaks', leavesNothing({ passes, input: draw }));
