import { add, cumulativeSum, cut, dot, exerciseChecks, type Random, rowTimes, zerosLike } from '#authoring';

import { askForAccuracy, claims, complaintOf, figuresOf, short, type Found } from './lab/lengths.ts';
import { oracle } from './oracle.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['composeSequential', 'composeParallel'] as const;

/** The orders in which n random numbers would be sorted. */
const drawSteps = (random: Random, { B = 2, T = 5, n = 4 } = {}) => ({
  permutations: random.uniform([B, T, n]).map((steps) => steps.map((row) => row.map((_, i) => i).toSorted((i, j) => row[i] - row[j]))),
});

const drawBits = (random: Random, B: number, T: number) => ({ bits: random.integers([B, T], 0, 2) });

type Weights = { Wx: number[][]; Wh: number[][]; b: number[]; Wo: number[] };

/** What a network with these weights says after every bit, in float64. */
function network({ Wx, Wh, b, Wo }: Weights, bits: readonly number[]): number[] {
  let h = zerosLike(b);
  return bits.map((x) => {
    h = add(add(rowTimes([x], Wx), rowTimes(h, Wh)), b).map((z) => Math.max(0, z));
    return dot(h, Wo);
  });
}

/** The first place at which the network is further from the parity than 1/2, in words. */
function firstMistake(weights: Weights, bits: readonly number[]): string | undefined {
  const [said, ones] = [network(weights, bits), cumulativeSum(bits)];
  const t = said.findIndex((answer, at) => Math.abs(answer - (ones[at] % 2)) >= 0.5);
  if (t < 0) return undefined;
  const read = t < 8 ? `the bits ${bits.slice(0, t + 1).join(', ')}` : `${t + 1} bits with ${ones[t]} ones`;
  return `with your weights the network says ${said[t].toPrecision(3)} and not ${ones[t] % 2} after ${read}`;
}

check('short-strings', async ({ run, require }) => {
  const weights = await run('parityWeights', {});
  for (let T = 1; T <= 5; T++)
    for (let word = 0; word < 2 ** T; word++) {
      const mistake = firstMistake(
        weights,
        Array.from({ length: T }, (_, t) => (word >> t) & 1),
      );
      require(mistake === undefined, mistake ?? '');
    }
});

check('any-length', async ({ run, require, random }) => {
  const weights = await run('parityWeights', {});
  const long = [
    Array.from({ length: 64 }, (_, t) => (t === 0 ? 1 : 0)),
    Array.from({ length: 1000 }, () => 1),
    ...drawBits(random, 3, 1000).bits,
  ];
  for (const mistake of long.map((bits) => firstMistake(weights, bits))) require(mistake === undefined, mistake ?? '');
});

check('negative-gates', async ({ agree, random }) => {
  for (const [B, T] of [
    [3, 1],
    [4, 2],
    [2, 5],
    [5, 5],
    [3, 13],
    [2, 1000],
  ])
    await agree('parityByScan', drawBits(random, B, T), 'exactly');
});

check('majority', async ({ agree, random }) => {
  for (const [B, T] of [
    [4, 1],
    [8, 2],
    [3, 7],
    [6, 6],
    [2, 300],
  ])
    await agree('majority', drawBits(random, B, T), 'exactly');
});

check('two-swaps', async ({ run, expectClose }) => {
  const [first, last] = [
    [1, 0, 2],
    [0, 2, 1],
  ];
  for (const pass of [S, P]) {
    const { states } = await run(pass, {
      permutations: [
        [first, last],
        [last, first],
      ],
    });
    expectClose(
      `${pass}'s states after the first two and then the last two are swapped`,
      states[0],
      [
        [1, 0, 2],
        [1, 2, 0],
      ],
      'exactly',
    );
    expectClose(
      `${pass}'s states after the last two and then the first two are swapped`,
      states[1],
      [
        [0, 2, 1],
        [2, 0, 1],
      ],
      'exactly',
    );
  }
});

check('one-step', async ({ run, expectClose, random }) => {
  for (const n of [2, 5]) {
    const { permutations } = drawSteps(random, { B: 3, T: 1, n });
    for (const pass of [S, P])
      expectClose(`${pass}'s states after one step`, (await run(pass, { permutations })).states, permutations, 'exactly');
  }
});

check('there-and-back', async ({ run, expectClose, random }) => {
  const { permutations } = drawSteps(random, { B: 3, T: 6, n: 5 });
  const back = permutations.map((steps) => steps.toReversed().map((step) => step.map((_, i) => step.indexOf(i))));
  for (const pass of [S, P]) {
    const { states } = await run(pass, { permutations: permutations.map((steps, b) => [...steps, ...back[b]]) });
    expectClose(
      `${pass}'s last state after six steps and their inverses in reverse`,
      states.map((row) => row[11]),
      [0, 1, 2].map(() => [0, 1, 2, 3, 4]),
      'exactly',
    );
  }
});

check('sequential', async ({ agree, random }) => {
  for (const sizes of [
    { T: 2, n: 3 },
    { B: 3, T: 7, n: 5 },
    { B: 4, T: 4, n: 4 },
    { B: 1, T: 60, n: 2 },
  ])
    await agree(S, drawSteps(random, sizes), 'exactly');
});

check('parallel', async ({ agree, random }) => {
  for (const sizes of [
    { T: 2, n: 3 },
    { T: 3, n: 5 },
    { B: 4, T: 4, n: 4 },
    { B: 3, T: 13, n: 6 },
    { B: 1, T: 1000, n: 5 },
  ])
    await agree(P, drawSteps(random, sizes), 'exactly');
});

check('any-split', async ({ run, expectClose, random }) => {
  const { permutations } = drawSteps(random, { T: 9, n: 5 });
  for (const pass of [S, P]) {
    const { states } = await run(pass, { permutations });
    for (const k of [1, 4, 8]) {
      const rest = await run(pass, { permutations: permutations.map((steps, b) => [states[b][k - 1], ...steps.slice(k)]) });
      expectClose(
        `${pass}'s states when the first ${k} steps are replaced by the state that they lead to`,
        rest.states,
        cut(states, 1, k - 1),
        'exactly',
      );
    }
  }
});

check('kernels', async ({ expectKernelGrowth, random }) => {
  await expectKernelGrowth('parityByScan', (T) => drawBits(random, 1, T), 64, 1.3); // one product of the whole row in the solution, a few rounds where it is a scan by hand
  await expectKernelGrowth(P, (T) => drawSteps(random, { B: 1, T, n: 3 }), 64, 1.3); // log2 grows by one
});

check('no-leaks', async ({ expectNoLeaks, subject, toPassInput, require, random }) => {
  await expectNoLeaks('parityWeights', () => ({}));
  await expectNoLeaks('parityByScan', () => drawBits(random, 2, 5));
  await expectNoLeaks('majority', () => drawBits(random, 2, 5), { mayWorkOnHost: true });
  for (const pass of [S, P]) await expectNoLeaks(pass, () => drawSteps(random));
  const left = await subject.leaks('extrapolation', toPassInput(short), 2);
  require(left === 0, `extrapolation left ${left} tensors behind in 2 runs: wrap its body in tf.tidy`);
});

check('reproducible', async ({ ask, expectClose, require }) => {
  const [{ accuracy }, again] = [await askForAccuracy({ ask, require }, {}), await askForAccuracy({ ask, require }, {})];
  expectClose('the accuracy of a second training', again.accuracy, accuracy, 'exactly');
  require(String(accuracy[0]) !== String(accuracy[1]), 'two runs have the same accuracy after every bit: run s has the seed seed + s');
  const alone = await askForAccuracy({ ask, require }, { seed: 8, repeats: 1 });
  const closeness = { times: 4000, why: 'a sequence of 64 may stand at the border' };
  expectClose('the accuracy of seed 8 alone', alone.accuracy[0], accuracy[1], closeness);
});

check('lengths', async ({ ask, require, show, progress, reduced }) => {
  const steps = [150, 60]; // parity takes longer than majority
  const found: Found[] = [];
  const asked = reduced ? claims.filter(({ task }) => task === 0) : claims;
  for (const claim of asked) {
    progress(found.length, asked.length, 'training');
    const { model, task } = claim;
    const { accuracy } = await askForAccuracy(
      { ask, require },
      { model, task, seed: 1, repeats: reduced ? 2 : 6, steps: steps[task], batch: 32, T: 10, far: 40 },
    );
    found.push({ claim, accuracy });
  }
  progress(asked.length, asked.length, 'training');
  for (const figure of figuresOf(found)) show(figure);
  for (const one of found)
    for (const lengths of reduced ? (['near'] as const) : (['near', 'beyond'] as const)) {
      const complaint = complaintOf(one, lengths);
      require(complaint === undefined, complaint ?? '');
    }
});
