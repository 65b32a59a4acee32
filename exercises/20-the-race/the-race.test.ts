import { agrees, cut, exerciseChecks, leavesNothing, race, raiseFrom, type Random } from '#authoring';

import { figuresOf, takeTimes } from './lab/audit.ts';
import { published } from './lab/published.ts';
import { oracle } from './oracle.ts';
import { drawRaced } from './raced-input.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['elmanSequential', 'attentionParallel'] as const;

/** Inputs of size one and weights of size 1 / sqrt(rows), so that no tanh is flat and no score vanishes. */
function draw(random: Random, { B = 2, T = 5, D = 6, H = 4, heads = 2 } = {}) {
  const square = () => random.normal([D, D], D ** -0.5);
  return {
    x: random.normal([B, T, D]),
    h0: random.normal([B, H], 0.5),
    Wx: random.normal([D, H], D ** -0.5),
    Wh: random.normal([H, H], H ** -0.5),
    b: random.normal([H], 0.5),
    ...{ Wq: square(), Wk: square(), Wv: square(), Wo: square(), heads },
  };
}

check(
  'loop',
  agrees({
    passes: [S],
    sizes: [
      { B: 2, T: 1, D: 6, H: 4 },
      { B: 1, T: 2, D: 4, H: 3 },
      { B: 3, T: 7, D: 2, H: 5 },
      { B: 2, T: 4, D: 4, H: 4 },
    ],
    input: draw,
  }),
);

check('one-position', agrees({ passes: [P], sizes: [{ T: 1 }], input: draw })); // one weight, and it is 1: x Wv Wo

check(
  'attention',
  agrees({
    passes: [P],
    sizes: [
      { B: 2, T: 5, D: 6, heads: 1 },
      { B: 1, T: 2, D: 8, heads: 4 },
      { B: 3, T: 7, D: 6, heads: 3 },
      { B: 2, T: 6, D: 6, heads: 6 },
      { B: 1, T: 130, D: 4, heads: 2 },
    ],
    input: draw,
  }),
);

check('causality', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 7 });
  const x = raiseFrom(input.x, 1, 4);
  const early = (y: number[][][]) => cut(y, 1, 0, 4);
  const [before, after] = [await run(P, input), await run(P, { ...input, x })];
  expectClose('out before the change', early(after.out), early(before.out), 'exactly');
  expectClose('h before the change', early((await run(S, { ...input, x })).h), early((await run(S, input)).h), 'exactly');
});

check('heads', async ({ run, expectClose, random }) => {
  const input = draw(random, { D: 6, heads: 3 });
  const Wo = input.Wo.map((row, i) => row.map((_, j) => Number(i === j))); // the heads side by side, as they are
  const Wq = input.Wq.map((row) => row.map((value, j) => (j < 2 || j > 3 ? value : value + 3))); // the queries of head 1
  const others = (y: number[][][]) => y.map((rows) => rows.map(([a, b, , , c, d]) => [a, b, c, d]));
  const [before, after] = [await run(P, { ...input, Wo }), await run(P, { ...input, Wo, Wq })];
  expectClose('the columns of heads 0 and 2 where the queries of head 1 were changed', others(after.out), others(before.out));
});

check('speed-up', async ({ agree, random }) => {
  for (const [R, warmUps] of [
    [1, 0],
    [5, 0],
    [6, 0],
    [7, 2],
    [9, 1],
  ])
    await agree('speedUp', { baselineMs: random.uniform([R], 40, 60), candidateMs: random.uniform([R], 5, 20), warmUps });
});

check('drift', async ({ run, expectClose }) => {
  const [calm, drifting] = [
    [1, 1, 1, 1, 1],
    [1, 2, 3, 4, 8],
  ]; // something else begins to run: everything slows down, both passes alike
  const timed = (slower: number[]) => ({
    baselineMs: [40, 44, 42, 46, 40].map((ms, r) => ms * slower[r]),
    candidateMs: [10, 10, 12, 10, 11].map((ms, r) => ms * slower[r]),
    warmUps: 0,
  });
  expectClose(
    'speedup on a machine that slows down',
    (await run('speedUp', timed(drifting))).speedup,
    (await run('speedUp', timed(calm))).speedup,
  );
});

check('warm-up', async ({ run, expectClose }) => {
  const rest = { candidateMs: [900, 10, 12, 10], warmUps: 1 };
  const { speedup, low, high } = await run('speedUp', { baselineMs: [100, 40, 36, 50], ...rest });
  expectClose('speedup, low and high', [speedup, low, high], [4, 3, 5]);
});

check('random-share', async ({ agree, run, expectClose, random }) => {
  expectClose(
    'share where drawing takes three quarters',
    (await run('randomShare', { withDrawingMs: [40, 44, 80], withoutMs: [10, 11, 20] })).share,
    0.75,
  );
  for (const R of [3, 4]) await agree('randomShare', { withDrawingMs: random.uniform([R], 40, 60), withoutMs: random.uniform([R], 5, 30) });
});

check('gradients', async ({ agreeGradients, random }) => {
  await agreeGradients(S, draw(random, { T: 3 }), 'h', ['x', 'h0', 'Wx', 'Wh', 'b']);
  await agreeGradients(P, draw(random, { B: 1, T: 4 }), 'out', ['x', 'Wq', 'Wk', 'Wv', 'Wo']);
});

check('best-baseline', async ({ measure, expectKernelsPerStep, require, random }) => {
  const inputAt = (T: number) => draw(random, { B: 1, T });
  await expectKernelsPerStep(S, inputAt, 32, 6); // 3 in the solution; 6 with a slice, a reshape and a concat for each step
  const products = async (T: number) => {
    const { kernels } = await measure(S, () => inputAt(T));
    return (kernels['BatchMatMul'] ?? 0) + (kernels['_FusedMatMul'] ?? 0);
  };
  const [once, twice] = [await products(32), await products(64)];
  require(twice - once <= 32, `${S} runs ${once} matrix products at T = 32 and ${twice} at T = 64: more than one for each further step`);
});

check('all-at-once', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, T }), 32, 1.05); // the count does not know T
  await expectKernelGrowth(P, (heads) => draw(random, { B: 1, D: 2 * heads, heads }), 4, 1.05, 'heads'); // nor the number of heads
});

check('no-leaks', leavesNothing({ passes: [S, P], input: draw }));

check('audit', async (examination) => {
  const { subject, agree, show } = examination;
  const times = await takeTimes(examination);
  for (const figure of figuresOf(times, subject.device.name)) show(figure);
  show(published);
  await agree('speedUp', times.paired);
  await agree('randomShare', times.drawing);
});

check('race', race(drawRaced));
