import { agrees, causal, cut, differentiable, exerciseChecks, leavesNothing, prefix, race, type Random } from '#authoring';

import { oracle } from './oracle.ts';
import { drawRaced } from './raced-input.ts';

const check = exerciseChecks(import.meta.dirname, oracle);
const [S, P] = ['linearAttentionSequential', 'linearAttentionParallel'] as const;
const passes = [S, P];

type Heads = number[][][][]; // [B][N][T][d]

/** Numbers of size one, above and below 0: there phi is two different functions. */
function draw(random: Random, { B = 2, N = 3, T = 5, d = 4, M = 6 } = {}) {
  return { q: random.normal([B, N, T, d]), k: random.normal([B, N, T, d]), v: random.normal([B, N, T, M]) };
}

const eachRow = (x: Heads, change: (row: number[]) => number[]) => x.map((heads) => heads.map((head) => head.map(change)));

/** Inputs where no query and no key is below 0 throughout. */
function drawLifted(random: Random) {
  const lift = (x: Heads) => eachRow(x, ([first, ...rest]) => [Math.abs(first), ...rest]);
  const { q, k, v } = draw(random, { N: 2, T: 4, d: 3, M: 2 });
  return { q: lift(q), k: lift(k), v };
}

check('by-hand', async ({ run, expectClose }) => {
  const ask = [
    [0, 0],
    [1, 0],
    [-Math.log(2), 1], // phi of it is 1/2 and 2
  ];
  const find = [
    [0, 0],
    [1, 0],
    [0, 2],
  ];
  const input = { q: [[ask]], k: [[find]], v: [[[[10], [20], [30]]]] };
  for (const pass of [S, P]) expectClose(`${pass}'s out`, (await run(pass, input)).out, [[[[10], [130 / 8], [280 / 12]]]]);
});

check('one-position', async ({ run, expectClose, random }) => {
  const input = draw(random, { T: 1 });
  for (const pass of [S, P]) expectClose(`${pass}'s out`, (await run(pass, input)).out, input.v);
});

check('first-position', async ({ run, expectClose, random }) => {
  const input = draw(random);
  for (const pass of [S, P]) expectClose(`position 0 of ${pass}'s out`, cut((await run(pass, input)).out, 2, 0, 1), cut(input.v, 2, 0, 1));
});

check('feature-map', async ({ run, expectClose }) => {
  for (const x of [-2, -0.5, 0, 0.5, 3]) {
    const share = (x > 0 ? x + 1 : Math.exp(x)) / (2 + (x > 0 ? x + 1 : Math.exp(x))); // beside the key 1, whose phi is 2
    for (const pass of [S, P]) {
      const { out } = await run(pass, { q: [[[[1], [1]]]], k: [[[[1], [x]]]], v: [[[[0], [1]]]] });
      expectClose(`${pass}'s out for the keys 1 and ${x}`, out, [[[[0], [share]]]]);
    }
  }
});

const sizes = [{}, { B: 1, N: 2, T: 7, d: 3, M: 5 }, { B: 3, N: 1, T: 2, d: 5, M: 2 }];
check('sequential', agrees({ passes: [S], sizes, input: draw }));
check(
  'parallel',
  agrees({ passes: [P], sizes: [...sizes, { B: 2, N: 4, T: 37, d: 8, M: 3 }, { B: 1, N: 1, T: 130, d: 3, M: 2 }], input: draw }),
);
check('square', agrees({ passes, sizes: [{ T: 4, d: 4, M: 4 }], input: draw }));

const along = { passes, of: 'out', axis: 2 };
check('prefix', prefix({ ...along, input: (random) => draw(random, { T: 7 }), cuts: ['q', 'k', 'v'], at: [1, 3, 6] }));
check('causality', causal({ ...along, input: (random) => draw(random, { T: 6 }), changed: ['k', 'v'], from: [1, 4] }));

check('between-the-values', async ({ run, require, random }) => {
  const input = draw(random, { T: 8 });
  for (const pass of [S, P]) {
    const { out } = await run(pass, input);
    for (const [n, heads] of out.entries())
      for (const [j, head] of heads.entries())
        for (const [t, row] of head.entries())
          for (const [i, value] of row.entries()) {
            const seen = input.v[n][j].slice(0, t + 1).map((one) => one[i]);
            const [low, high] = [Math.min(...seen) - 1e-5, Math.max(...seen) + 1e-5]; // an average in float32 can miss by its last digits
            require(value >= low &&
              value <=
                high, `${pass}'s out[${n}][${j}][${t}][${i}] is ${value.toPrecision(6)}, outside of ${low.toPrecision(6)} to ${high.toPrecision(6)}, the values that position ${t} may see`);
          }
  }
});

check('constant-values', async ({ run, expectClose, random }) => {
  const { q, k } = draw(random, { T: 6 });
  const v = eachRow(q, () => [1, -2, 3]);
  for (const pass of [S, P]) expectClose(`${pass}'s out`, (await run(pass, { q, k, v })).out, v);
});

check('gradients', differentiable({ passes, input: drawLifted, of: ['out'], by: ['q', 'k', 'v'] }));

check('state-size', async ({ require, measure, random }) => {
  const [T, d, M] = [16, 64, 64];
  const inputAt = (length: number) => draw(random, { B: 1, N: 1, T: length, d, M });
  const [once, twice] = [await measure(S, () => inputAt(T)), await measure(S, () => inputAt(2 * T))];
  const [perStep, state] = [(twice.peakBytes - once.peakBytes) / T, 4 * d * M]; // bytes; a further position of the reference costs 3,072, its rows of q, k, v and out, and a state has 16,384
  require(perStep <
    state, `${S} holds ${Math.round(perStep)} bytes more for each further position, and a whole state S has ${state}: the states of all positions are there at the same time`, 'broken-rule');
});

check('kernels', async ({ expectKernelsPerStep, random }) => {
  await expectKernelsPerStep(P, (T) => draw(random, { B: 1, N: 2, T, d: 3, M: 2 }), 128, 0.75); // a loop over chunks of 64 and more may pass, a loop over positions not
});

check('no-leaks', leavesNothing({ passes, input: draw }));

check('race', race(drawRaced));
