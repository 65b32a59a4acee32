import { exerciseChecks, type Random } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);

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

const times = (factor: number, rows: number[][]) => rows.map((row) => row.map((value) => factor * value));
const zeros = (rows: number[][]) => rows.map((row) => row.map(() => 0));

check('input-term', async ({ agree, random }) => {
  const input = draw(random);
  await agree('elmanStep', { ...input, Wh: zeros(input.Wh), b: input.b.map(() => 0) });
});

check('state-term', async ({ agree, random }) => {
  const input = draw(random);
  await agree('elmanStep', { ...input, Wx: zeros(input.Wx), b: input.b.map(() => 0) });
});

check('bias-term', async ({ run, expectClose, random }) => {
  const input = draw(random, { B: 3 });
  await run('elmanStep', input); // without it no tanh and a bias outside of the tanh look the same here, and neither could be named
  const { h } = await run('elmanStep', { ...input, Wx: zeros(input.Wx), Wh: zeros(input.Wh) });
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
  const { h } = await run('elmanStep', { ...input, x: times(10, input.x), b: input.b.map((bias) => 4 * bias) }); // sums of size ten
  const outside = h.flat().find((value) => Math.abs(value) > 1.00001); // on a GPU the last digit of a tanh may be off
  require(outside === undefined, `h holds ${outside?.toPrecision(6)}, and tanh gives only numbers from -1 to 1`);
});

check('sign', async ({ run, expectClose, random }) => {
  const input = draw(random);
  const { h } = await run('elmanStep', input);
  const turned = await run('elmanStep', { ...input, x: times(-1, input.x), h: times(-1, input.h), b: input.b.map((bias) => -bias) });
  expectClose('h where x, h and b have changed their sign', turned.h, times(-1, h));
});

check('specification', async ({ agree, random }) => {
  for (const [B, I, H] of [
    [2, 3, 5],
    [3, 5, 2],
    [1, 2, 4],
    [4, 1, 3],
  ])
    await agree('elmanStep', draw(random, { B, I, H }));
});

check('square', async ({ agree, random }) => {
  await agree('elmanStep', draw(random, { I: 3, H: 3 }));
});

check('batch-independence', async ({ run, expectClose, random }) => {
  const input = draw(random, { B: 3 });
  const { h } = await run('elmanStep', input);
  for (const n of [0, 1, 2]) {
    const alone = await run('elmanStep', { ...input, x: [input.x[n]], h: [input.h[n]] });
    expectClose(`h of sequence ${n} in the batch`, h[n], alone.h[0]);
  }
});

check('gradients', async ({ agreeGradients, random }) => {
  await agreeGradients('elmanStep', draw(random), 'h', ['x', 'h', 'Wx', 'Wh', 'b']);
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  await expectNoLeaks('elmanStep', draw(random));
});
