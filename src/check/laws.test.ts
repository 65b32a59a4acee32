import type * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import type { OpenDevice } from '../device/device.ts';
import { openDevice } from '../device/open.ts';
import { InProcessSubject } from '../driver/in-process.ts';
import { Watchdog } from '../driver/watchdog.ts';
import { Examination } from './examination.ts';
import { agrees, anySplit, batchIndependent, causal, differentiable, leavesNothing, prefix } from './laws.ts';
import { defineOracle } from './oracle.ts';
import { Random } from './random.ts';

type Input = { x: number[][]; h0: number[] }; // [B][T] and [B]
type Tensors = { x: tf.Tensor2D; h0: tf.Tensor1D };
type Pass = (input: Tensors) => { h: tf.Tensor };

/** h[t] = h0 + x[0] + ... + x[t]. */
function runningSum({ x, h0 }: Input) {
  return {
    h: x.map((xs, n) => {
      let h = h0[n] as number;
      return xs.map((value) => (h += value));
    }),
  };
}

const oracle = defineOracle({ passes: { runningSum }, misconceptions: {} });
const watchdog = new Watchdog();
let device: OpenDevice;
beforeAll(async () => {
  device = await openDevice('cpu');
});

/** Puts a pass written by hand through one law, on the real device. */
async function hold(law: (examination: Examination) => Promise<void>, pass: Pass): Promise<unknown> {
  const exercise = makeExercise();
  const subject = new InProcessSubject(device, exercise.id, { runningSum: pass }, watchdog);
  const setting = {
    openReferencePasses: () => undefined,
    openReplayer: () => subject,
    reduced: false,
    progress: () => undefined,
    racing: {},
  };
  const examination = new Examination(exercise, subject, new Random('seed', 'laws'), oracle, setting);
  return law(examination).then(
    () => 'holds',
    (error: unknown) => (error as Error).message,
  );
}

const draw = (random: Random, { B = 2, T = 6 } = {}) => ({ x: random.normal([B, T]), h0: random.normal([B]) });
const from =
  (h: (input: Tensors) => tf.Tensor): Pass =>
  (input) =>
    device.tf.tidy(() => ({ h: h(input) }));
const right = from(({ x, h0 }) => device.tf.cumsum(x, 1).add(device.tf.expandDims(h0, 1)));
/** The sum of all steps at each of them: the future is in it. */
const seesAll = from(({ x, h0 }) => device.tf.add(device.tf.zerosLike(x), device.tf.sum(x, 1, true)).add(device.tf.expandDims(h0, 1)));
const forgetsStart = from(({ x }) => device.tf.cumsum(x, 1));
const mixesBatch = from(({ x, h0 }) => device.tf.cumsum(x, 1).add(device.tf.mean(h0)));
const leaks: Pass = (input) => {
  device.tf.keep(device.tf.scalar(0));
  return right(input);
};
const cutsGradient = from((input) => right({ x: device.tf.variable(input.x), h0: input.h0 }).h);

const along = { passes: ['runningSum'], input: draw, of: 'h' };
const laws = {
  causal: causal({ ...along, changed: ['x'], from: [1, 4] }),
  prefix: prefix({ ...along, cuts: ['x'], at: [1, 3] }),
  anySplit: anySplit({
    ...along,
    cuts: ['x'],
    at: [1, 5],
    resume: ({ h }: { h: number[][] }) => ({ h0: h.map((states) => states[states.length - 1] as number) }),
  }),
  batchIndependent: batchIndependent({ ...along, batched: ['x', 'h0'] }),
  agrees: agrees({ passes: ['runningSum'], sizes: [{ T: 1 }, { B: 3, T: 4 }], input: draw }),
  differentiable: differentiable({ ...along, of: ['h'], by: ['x', 'h0'] }),
  leavesNothing: leavesNothing(along),
} as const;
type Name = keyof typeof laws;

describe('a right pass keeps every law', () => {
  test.for(Object.keys(laws) as Name[])('%s', async (name) => {
    expect(await hold(laws[name], right)).toBe('holds');
  });
});

describe('a pass that breaks a law is told where', () => {
  test.for<[Name, () => Pass, RegExp]>([
    ['causal', () => seesAll, /where x changed from step 1 on, runningSum's earlier h\[0\]\[0\] is/],
    ['prefix', () => seesAll, /of the first 1 steps alone, runningSum's h\[0\]\[0\] is/],
    ['anySplit', () => forgetsStart, /after a split at 1, the second part of runningSum's h\[0\]\[0\]/],
    ['batchIndependent', () => mixesBatch, /of sequence 0 in the batch, runningSum's h\[0\]/],
    ['agrees', () => forgetsStart, /h\[0\]\[0\] is .* but should be/],
    ['differentiable', () => cutsGradient, /gradient/],
    ['leavesNothing', () => leaks, /left 3 tensors behind in 3 runs/],
  ])('%s', async ([name, pass, words]) => {
    expect(await hold(laws[name], pass())).toMatch(words);
  });
});
