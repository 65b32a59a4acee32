import { add, agrees, cut, dot, exerciseChecks, type HostTensor, type Random, rowTimes, scale, transpose, zerosLike } from '#authoring';

import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const { elmanSequence } = oracle.passes;
const adds = { times: 4, why: 'a gradient by weights adds the errors of every step and every sequence' };
const inputs = ['x', 'h0', 'Wx', 'Wh', 'b'] as const;
const gradients = ['dx', 'dh0', 'dWx', 'dWh', 'db'] as const;

/** Numbers of size one on their way to the tanh and back; weights of size 1 / sqrt(rows), so that no unit sits at the flat ends of tanh. */
function draw(random: Random, { B = 2, T = 4, I = 3, H = 5 } = {}) {
  return {
    x: random.normal([B, T, I]),
    h0: random.normal([B, H], 0.5),
    Wx: random.normal([I, H], I ** -0.5),
    Wh: random.normal([H, H], H ** -0.5),
    b: random.normal([H], 0.5),
    dh: random.normal([B, T, H]),
  };
}

type Nested = number | Nested[];
const total = (parts: Nested[]) => parts.reduce((sum, part) => add(sum, part));
const keep = (rows: number[][][], looksAt: (t: number) => boolean) =>
  rows.map((row) => row.map((numbers, t) => (looksAt(t) ? numbers : zerosLike(numbers))));

check('forward', async ({ agree, random }) => {
  for (const T of [1, 6]) {
    const { dh: _, ...input } = draw(random, { T });
    await agree('elmanSequence', input);
  }
});

check('by-hand', async ({ run, expectClose }) => {
  const input = { x: [[[1], [2]]], h0: [[0]], Wx: [[0.5]], Wh: [[0.8]], b: [0], dh: [[[1], [1]]] };
  const h = [Math.tanh(0.5), Math.tanh(1 + 0.8 * Math.tanh(0.5))];
  const last = 1 - h[1] ** 2;
  const first = (1 + 0.8 * last) * (1 - h[0] ** 2);
  const answer = await run('elmanBackward', input);
  expectClose('dx', answer.dx, [[[0.5 * first], [0.5 * last]]]);
  expectClose('dh0', answer.dh0, [[0.8 * first]]);
  expectClose('dWx', answer.dWx, [[first + 2 * last]]);
  expectClose('dWh', answer.dWh, [[h[0] * last]]);
  expectClose('db', answer.db, [first + last]);
});

check('one-step', async ({ run, expectClose, random }) => {
  const input = draw(random, { B: 1, T: 1 });
  const [[h]] = elmanSequence(input).h;
  const delta = h.map((value, j) => input.dh[0][0][j] * (1 - value ** 2));
  const back = (W: number[][]) => rowTimes(delta, transpose(W));
  const outer = (left: number[]) => left.map((value) => scale(value, delta));
  const answer = await run('elmanBackward', input);
  expectClose('db', answer.db, delta);
  expectClose('dWx', answer.dWx, outer(input.x[0][0]));
  expectClose('dWh', answer.dWh, outer(input.h0[0]));
  expectClose('dx', answer.dx, [[back(input.Wx)]]);
  expectClose('dh0', answer.dh0, [back(input.Wh)]);
});

check('own-step', async ({ agree, random }) => {
  const input = draw(random);
  await agree('elmanBackward', { ...input, Wh: zerosLike(input.Wh) });
});

check('carry', async ({ agree, random }) => {
  for (const T of [2, 5]) {
    const input = draw(random, { T });
    await agree('elmanBackward', { ...input, dh: keep(input.dh, (t) => t === T - 1) });
  }
});

check('nothing-from-later', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 7 });
  const dh = keep(input.dh, (t) => t < 4);
  const whole = await run('elmanBackward', { ...input, dh });
  const early = await run('elmanBackward', { ...input, x: cut(input.x, 1, 0, 4), dh: cut(dh, 1, 0, 4) });
  expectClose('the part of dx from step 4 on', cut(whole.dx, 1, 4), zerosLike(cut(whole.dx, 1, 4)), 'exactly');
  for (const name of ['dh0', 'dWx', 'dWh', 'db'] as const) expectClose(name, whole[name], early[name]);
});

const sizes = [
  { B: 2, T: 3, I: 4, H: 5 },
  { B: 3, T: 5, I: 4, H: 2 },
  { B: 1, T: 9, I: 3, H: 4 },
  { B: 4, T: 2, I: 1, H: 3 },
];
check('specification', async ({ agree, random }) => {
  for (const size of sizes) await agree('elmanBackward', draw(random, size), adds);
});

check('square', agrees({ passes: ['elmanBackward'], sizes: [{ I: 3, H: 3 }], input: draw }));

check('finite-differences', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 3, I: 2, H: 3 });
  const answer = await run('elmanBackward', input);
  for (const name of inputs) expectClose(`d${name}`, answer[`d${name}`], nudge(input, name));
});

check('gradients', async ({ run, expectClose, subject, toPassInput, random }) => {
  const input = draw(random, { T: 6 });
  const answer = await run('elmanBackward', input);
  const { dh, ...tensors } = toPassInput(input);
  const found = await subject.gradients('elmanSequence', tensors, { of: 'h', cotangent: dh as HostTensor, by: inputs });
  for (const name of inputs) expectClose(`d${name}`, answer[`d${name}`], nest(found[name]), adds);
});

check('batch', async ({ run, expectClose, random }) => {
  const input = draw(random, { B: 3 });
  const answer = await run('elmanBackward', input);
  const alone = [];
  for (const n of [0, 1, 2]) alone.push(await run('elmanBackward', { ...input, x: [input.x[n]], h0: [input.h0[n]], dh: [input.dh[n]] }));
  for (const name of ['dx', 'dh0'] as const)
    alone.forEach((one, n) => expectClose(`${name} of sequence ${n}`, answer[name][n], one[name][0]));
  for (const name of ['dWx', 'dWh', 'db'] as const) expectClose(name, answer[name], total(alone.map((one) => one[name])));
});

check('window-of-one', async ({ agree, random }) => {
  await agree('elmanBackward', { ...draw(random, { T: 5 }), window: 1 });
});

check('window-of-all', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 5 });
  const full = await run('elmanBackward', input);
  for (const window of [5, 6, 9]) {
    const answer = await run('elmanBackward', { ...input, window });
    for (const name of gradients) expectClose(`${name} with a window of ${window}`, answer[name], full[name]);
  }
});

check('pieces', async ({ run, expectClose, random }) => {
  for (const [T, window] of [
    [7, 3],
    [6, 2],
    [5, 4],
  ]) {
    const input = draw(random, { T });
    const { h } = elmanSequence(input);
    const answer = await run('elmanBackward', { ...input, window });
    const starts = Array.from({ length: Math.ceil(T / window) }, (_, k) => k * window);
    const alone = [];
    for (const start of starts) {
      const [x, dh] = [cut(input.x, 1, start, start + window), cut(input.dh, 1, start, start + window)];
      const h0 = start === 0 ? input.h0 : h.map((states) => states[start - 1]);
      alone.push(await run('elmanBackward', { ...input, x, dh, h0 }));
    }
    const of = (name: string) => `${name} with a window of ${window} in ${T} steps`;
    alone.forEach((one, k) => expectClose(of('dx'), cut(answer.dx, 1, starts[k], starts[k] + window), one.dx));
    expectClose(of('dh0'), answer.dh0, alone[0].dh0);
    for (const name of ['dWx', 'dWh', 'db'] as const) expectClose(of(name), answer[name], total(alone.map((one) => one[name])), adds);
  }
});

check('no-leaks', async ({ expectNoLeaks, random }) => {
  await expectNoLeaks('elmanSequence', () => {
    const { dh: _, ...forward } = draw(random);
    return forward;
  });
  await expectNoLeaks('elmanBackward', () => draw(random));
});

/** The gradient of the sum of dh h by one input: every number of it is moved up and down a little in the float64 forward pass. */
function nudge(input: ReturnType<typeof draw>, name: (typeof inputs)[number]): Nested {
  const step = 1e-5; // in float64 the difference is then right to about 1e-10
  const loss = (changed: Nested) => {
    const { h } = elmanSequence({ ...input, [name]: changed });
    return dot(h.flat(2), input.dh.flat(2));
  };
  const slopes = (part: Nested, rebuild: (changed: Nested) => Nested): Nested =>
    Array.isArray(part)
      ? part.map((inner, i) => slopes(inner, (changed) => rebuild(part.with(i, changed))))
      : (loss(rebuild(part + step)) - loss(rebuild(part - step))) / (2 * step);
  return slopes(input[name], (changed) => changed);
}

/** A tensor that the subject has answered with, in nested lists. */
function nest({ data, shape }: HostTensor): Nested {
  let rows: Nested[] = [...data];
  for (const length of shape.slice(1).toReversed())
    rows = Array.from({ length: rows.length / length }, (_, i) => rows.slice(i * length, (i + 1) * length));
  return rows;
}
