import { type Examination, exerciseChecks, HostTensor, race, type Random } from '#authoring';

import { oracle } from './oracle.ts';

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

check('loop', async ({ agree, random }) => {
  for (const [B, T, D, H] of [
    [2, 1, 6, 4],
    [1, 2, 4, 3],
    [3, 7, 2, 5],
    [2, 4, 4, 4],
  ])
    await agree(S, draw(random, { B, T, D, H }));
});

check('one-position', async ({ agree, random }) => {
  await agree(P, draw(random, { T: 1 })); // one weight, and it is 1: x Wv Wo
});

check('attention', async ({ agree, random }) => {
  for (const [B, T, D, heads] of [
    [2, 5, 6, 1],
    [1, 2, 8, 4],
    [3, 7, 6, 3],
    [2, 6, 6, 6],
  ])
    await agree(P, draw(random, { B, T, D, heads }));
});

check('causality', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 7 });
  const x = input.x.map((xs) => xs.map((row, t) => (t < 4 ? row : row.map((value) => value + 1000))));
  const early = (y: number[][][]) => y.map((rows) => rows.slice(0, 4));
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

check('best-baseline', async ({ subject, expectKernelsPerStep, toPassInput, require, random }) => {
  const inputAt = (T: number) => draw(random, { B: 1, T });
  await expectKernelsPerStep(S, inputAt, 32, 6); // 3 in the solution; 6 with a slice, a reshape and a concat for each step
  const products = async (T: number) => {
    const { kernels } = await subject.profile(S, toPassInput(inputAt(T)));
    return (kernels['BatchMatMul'] ?? 0) + (kernels['_FusedMatMul'] ?? 0);
  };
  const [once, twice] = [await products(32), await products(64)];
  require(twice - once <= 32, `${S} runs ${once} matrix products at T = 32 and ${twice} at T = 64: more than one for each further step`);
});

check('all-at-once', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth(P, (T) => draw(random, { B: 1, T }), 32, 1.05); // the count does not know T
  await expectKernelGrowth(P, (heads) => draw(random, { B: 1, D: 2 * heads, heads }), 4, 1.05, 'heads'); // nor the number of heads
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  for (const pass of [S, P]) await expectNoLeaks(pass, draw(random));
});

check('audit', async ({ subject, agree, show, progress, reduced, random }) => {
  const small = reduced || subject.device.kind === 'software' || subject.device.name === 'cpu'; // where the chapter's sizes would take minutes
  const { T, D, ...others } = small ? { B: 1, T: 64, D: 96, heads: 4 } : { B: 1, T: 1024, D: 768, heads: 12 };
  const [steps, warmUps, rounds] = [4, 1, 3];
  const clock = async (pass: string, length = T) => {
    await subject.stage({ ...drawLarge(random, { ...others, D, T: length }), seed: 1 });
    return (await subject.runStaged(pass)).durationMs;
  };
  const written = [((await clock('rnnAsWritten', steps)) * T) / steps, await clock('attentionAsWritten')]; // each step draws as much as the last: T of them would take minutes
  const [baselineMs, candidateMs, withDrawingMs, withoutMs]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round < warmUps + rounds; round++) {
    const turns = [async () => baselineMs.push(await clock(S)), async () => candidateMs.push(await clock(P))];
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
    withDrawingMs.push(await clock('rnnAsWritten', steps));
    withoutMs.push(await clock(S, steps));
    progress(round + 1, warmUps + rounds, 'round');
  }
  const drawing = { withDrawingMs: withDrawingMs.slice(warmUps), withoutMs: withoutMs.slice(warmUps) };
  const [{ speedup, low, high }, { share }] = [
    oracle.passes.speedUp({ baselineMs, candidateMs, warmUps }),
    oracle.passes.randomShare(drawing),
  ];
  const middle = (x: number[]) => oracle.passes.speedUp({ baselineMs: x, candidateMs: x.map(() => 1), warmUps }).speedup;
  const honest = [middle(baselineMs), middle(candidateMs)];
  const show3 = (value: number) => (value < 1000 ? value.toPrecision(3) : value.toFixed(0));
  show({
    kind: 'table',
    title: `Two benchmarks of one loop and one attention, T = ${T}, D = ${D}, on ${subject.device.name}`,
    note: `${(100 * share).toFixed(1)} % of the written loop's time goes into random numbers. Loop and attention are not the same function: these figures say what a layer costs, not what it can do.`,
    columns: ['benchmark', 'loop, ms', 'attention, ms', 'loop / attention'],
    rows: [
      [`as commonly written; ${steps} steps timed, times ${T / steps}`, ...written.map(show3), show3(written[0] / written[1])],
      [`honest; ${rounds} paired rounds after a warm-up`, ...honest.map(show3), `${show3(speedup)} (${show3(low)} to ${show3(high)})`],
    ],
  });
  const lengths = [T / 4, T / 2];
  const curve = async (name: string, pass: string, last: number) => {
    const points: [number, number][] = [];
    for (const length of lengths) points.push([length, await clock(pass, length)]);
    return { name, points: [...points, [T, last] as [number, number]] };
  };
  show({
    kind: 'curves',
    title: 'Time of one call',
    note: 'Twice the length is twice the loop. For the attention it is between twice, where the projections cost most, and four times, where the scores do. One call for each shorter length, the median for the longest.',
    x: { label: 'positions T', log: true },
    y: { label: 'milliseconds', log: true },
    series: [await curve('loop', S, honest[0]), await curve('attention', P, honest[1])],
  });
  show(published);
  await agree('speedUp', { baselineMs, candidateMs, warmUps });
  await agree('randomShare', drawing);
});

check(
  'race',
  race((random, sizes) => drawLarge(random, sizes as unknown as Sizes)),
);

type Sizes = Record<'B' | 'T' | 'D' | 'heads', number>;

/** The input at the chapter's size, on the host: four million numbers are too many for nested lists. Marsaglia's xorshift (2003), uniform, of the same variances as above. */
function drawLarge(random: Random, { B, T, D, heads }: Sizes): Record<string, HostTensor | number> {
  let bits = random.integers([1], 1, 2 ** 31)[0];
  const next = () => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return (bits * Math.sqrt(3)) / 2 ** 31;
  };
  const tensor = (scale: number, ...shape: number[]) =>
    new HostTensor(
      shape,
      'float32',
      new Float32Array(shape.reduce((size, length) => size * length, 1)).map(() => scale * next()),
    );
  const weights = Object.fromEntries(['Wx', 'Wh', 'Wq', 'Wk', 'Wv', 'Wo'].map((name) => [name, tensor(D ** -0.5, D, D)]));
  return { x: tensor(1, B, T, D), h0: tensor(0.5, B, D), b: tensor(0.5, D), ...weights, heads };
}

const published: Parameters<Examination['show']>[0] = {
  kind: 'table',
  title: 'What others have published',
  note: 'Not measured here. Look at the third column first: against a good loop the figures are 5 to 40, against a naive one hundreds.',
  columns: ['what', 'times as fast', 'against', 'source'],
  rows: [
    ['SRU, a recurrence with little left in the loop', '5 to 9', 'LSTM of cuDNN', 'Lei et al. 2018, arXiv 1709.02755'],
    ['QRNN, convolutions and a light recurrence', 'up to 16', 'LSTM of cuDNN', 'Bradbury et al. 2017, arXiv 1611.01576'],
    ['Mamba, selective scan', '20 to 40', 'standard scan in PyTorch', 'Gu and Dao 2023, arXiv 2312.00752, section 4.5'],
    ['minGRU and minLSTM, training step, T = 512', '175 and 235', 'GRU and LSTM step by step', 'Feng et al. 2024, arXiv 2410.01201'],
    ['minGRU and minLSTM, training step, T = 4096', '1324 and 1361', 'GRU and LSTM step by step', 'Feng et al. 2024, arXiv 2410.01201'],
    ['ParaRNN, Newton steps and a scan', 'up to 665', 'naive sequential application', 'Apple, ICLR 2026'],
    [
      'recurrent networks of cuDNN 5, recurrence kept',
      'an order of magnitude',
      'naive loop on a GPU',
      'Appleyard et al. 2016, arXiv 1604.01946',
    ],
  ],
};
