import { agrees, exerciseChecks, mapNumbers, onesLike, type Random, sum } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [softmax, loss] = ['stableSoftmax', 'crossEntropy'] as const;

type Rows = number[][][]; // [B][T][V]

/** Logits of size one, and targets among all V choices. */
function draw(random: Random, { B = 2, T = 3, V = 5 } = {}) {
  return { logits: random.normal([B, T, V]), targets: random.integers([B, T], 0, V) };
}

/** Multiples of 1/64 of size one: float32 adds 1000 to them without an error. */
const drawRound = (random: Random, shape: [number, number, number]): Rows =>
  mapNumbers(random.normal(shape), (value) => Math.round(value * 64) / 64);

const each = (x: Rows, change: (value: number, i: number, t: number, n: number) => number): Rows =>
  x.map((sequence, n) => sequence.map((row, t) => row.map((value, i) => change(value, i, t, n))));
const raise = <X extends Rows | number[][]>(x: X, amount: number) => mapNumbers(x, (value) => value + amount);

check('by-hand', async ({ run, expectClose }) => {
  const x = [0, Math.log(2), Math.log(5)];
  const { p, lse } = await run(softmax, { x: [[x]] });
  expectClose('p', p, [[[1 / 8, 2 / 8, 5 / 8]]]);
  expectClose('lse', lse, [[Math.log(8)]]);
  const answer = await run(loss, { logits: [[x], [x]], targets: [[2], [0]] });
  expectClose('loss', answer.loss, (Math.log(8 / 5) + Math.log(8)) / 2);
});

check('all-equal', async ({ run, expectClose }) => {
  for (const V of [7, 2, 1])
    for (const c of [-3, 0, 40]) {
      const x = [1, 2].map(() => [1, 2, 3].map(() => Array.from({ length: V }, () => c)));
      const { p, lse } = await run(softmax, { x });
      const [everyP, everyLse] = [mapNumbers(x, () => 1 / V), x.map((sequence) => sequence.map(() => c + Math.log(V)))];
      expectClose(`p of ${V} times ${c}`, p, everyP);
      expectClose(`lse of ${V} times ${c}`, lse, everyLse);
    }
});

check('rows', async ({ run, expectClose, require, random }) => {
  const x = random.normal([2, 4, 6], 3);
  const { p } = await run(softmax, { x });
  const sums = p.map((sequence) => sequence.map(sum));
  expectClose('the sum of each row of p', sums, onesLike(sums));
  require(p
    .flat(2)
    .every((value) => value > 0 && value <= 1), 'p holds a number that is not a probability: each lies above 0 and is at most 1');
});

check(
  'softmax',
  agrees({
    passes: [softmax],
    sizes: [
      [2, 3, 5],
      [3, 1, 4],
      [1, 6, 2],
      [3, 3, 3], // a square, where a wrong axis leaves every shape right
    ] as const,
    input: (random, shape) => ({ x: random.normal(shape, 2) }),
  }),
);

check('shift', async ({ run, expectClose, random }) => {
  const x = drawRound(random, [2, 3, 5]);
  const targets = random.integers([2, 3], 0, 5);
  const [before, cost] = [await run(softmax, { x }), await run(loss, { logits: x, targets })];
  for (const shift of [100, -1000]) {
    const after = await run(softmax, { x: raise(x, shift) });
    expectClose(`p after ${shift} was added`, after.p, before.p);
    expectClose(`lse after ${shift} was added`, after.lse, raise(before.lse, shift));
    const shifted = await run(loss, { logits: raise(x, shift), targets });
    expectClose(`loss after ${shift} was added`, shifted.loss, cost.loss, {
      times: 30,
      why: 'near 1000 float32 knows a number to 6e-5 only',
    });
  }
});

check('overflow', async ({ agree, random }) => {
  const x = drawRound(random, [2, 3, 4]);
  await agree(softmax, { x: raise(x, 1e4) });
  await agree(softmax, { x: each(x, (_, i, t, n) => [1e4, 0, -1e4, 5e3][(i + t + n) % 4]) }); // one is certain, the others have no chance at all
});

check('underflow', async ({ agree, random }) => {
  const x = drawRound(random, [2, 3, 4]);
  await agree(softmax, { x: raise(x, -1e4) });
});

check('rows-far-apart', async ({ agree, random }) => {
  const { logits, targets } = draw(random, { B: 2, T: 3, V: 4 });
  const apart = each(logits, (value, _, t, n) => value + ((t + n) % 2 === 0 ? 75 : -75)); // maxima 150 apart, while e^75 and e^-75 still fit into float32
  await agree(softmax, { x: apart });
  await agree(loss, { logits: apart, targets }, { times: 3, why: 'near 75 float32 knows a number to 8e-6 only' });
});

check('uniform', async ({ run, expectClose, random }) => {
  for (const V of [2, 5, 50]) {
    const { logits, targets } = draw(random, { V });
    const answer = await run(loss, { logits: mapNumbers(logits, () => 3), targets });
    expectClose(`loss of ${V} equal logits`, answer.loss, Math.log(V));
  }
});

check(
  'cross-entropy',
  agrees({
    passes: [loss],
    sizes: [
      { B: 2, T: 3, V: 5 },
      { B: 3, T: 4, V: 2 },
      { B: 1, T: 7, V: 4 },
      { B: 4, T: 4, V: 4 },
      { B: 1, T: 1, V: 6 },
    ],
    input: draw,
  }),
);

check('mean', async ({ run, expectClose, random }) => {
  const { logits, targets } = draw(random);
  const once = await run(loss, { logits, targets });
  const more = await run(loss, { logits: [...logits, ...logits], targets: [...targets, ...targets] });
  expectClose('loss of the same sequences twice', more.loss, once.loss);
  const longer = await run(loss, { logits: logits.map((x) => [...x, ...x]), targets: targets.map((y) => [...y, ...y]) });
  expectClose('loss of the same positions twice', longer.loss, once.loss);
});

check('sure-and-right', async ({ run, expectClose, random }) => {
  const { logits, targets } = draw(random);
  for (const size of [20, 1e4]) {
    const sure = each(logits, (_, i, t, n) => (i === targets[n][t] ? size : 0));
    expectClose(`loss of targets that are ${size} ahead`, (await run(loss, { logits: sure, targets })).loss, 0);
  }
});

check('sure-and-wrong', async ({ run, expectClose, random }) => {
  const { logits, targets } = draw(random);
  for (const size of [75, 1e4]) {
    const sure = each(logits, (_, i, t, n) => (i === targets[n][t] ? -size : i === (targets[n][t] + 1) % 5 ? size : 0));
    expectClose(`loss of targets that are ${2 * size} behind`, (await run(loss, { logits: sure, targets })).loss, 2 * size);
  }
});

check('gradients', async ({ agreeGradients, random }) => {
  const x = random.normal([2, 3, 4]);
  for (const of of ['p', 'lse']) await agreeGradients(softmax, { x }, of, ['x']);
  await agreeGradients(loss, draw(random, { V: 4 }), 'loss', ['logits']);
  const { logits, targets } = draw(random, { V: 4 });
  await agreeGradients(loss, { logits: each(logits, (value, i, t, n) => value - (i === targets[n][t] ? 150 : 0)), targets }, 'loss', [
    'logits',
  ]);
});

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth('stableSoftmax', (T) => ({ x: random.normal([2, T, 5]) }), 16, 1.05); // the same operations for 16 and 32 positions
  await expectKernelGrowth('crossEntropy', (T) => ({ logits: random.normal([2, T, 5]), targets: random.integers([2, T], 0, 5) }), 16, 1.05);
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  await expectNoLeaks(softmax, () => ({ x: random.normal([2, 3, 4]) }));
  await expectNoLeaks(loss, () => draw(random));
});
