import type * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import type { OpenDevice } from '../device/device.ts';
import { openDevice } from '../device/open.ts';
import type { Cause } from '../result/causes.ts';
import { InProcessSubject } from '../driver/in-process.ts';
import { NotApplicable } from '../wire/subject.ts';
import { Watchdog } from '../driver/watchdog.ts';
import { Examination } from './examination.ts';
import { NotMeasured } from './failure.ts';
import { defineOracle } from './oracle.ts';
import { Random } from './random.ts';

type Input = { x: number[]; ids?: number[] };
type Tensors = { x: tf.Tensor1D; ids?: tf.Tensor1D };
type Pass = (input: Tensors) => unknown;

const times =
  (factor: number) =>
  ({ x }: Input) => ({ y: x.map((value) => factor * value) });
/** As a specification may that was written for the inputs of its author. */
const refuseNegative = ({ x }: Input) => {
  if (x.some((value) => value < 0)) throw new RangeError('below zero');
  return { y: x };
};
const oracle = defineOracle({
  passes: { double: times(2) },
  integers: ['ids'],
  misconceptions: {
    triples: { when: 'x is added once more', lookAt: 'count', passes: { double: times(3) } },
    'as-it-should-be': { when: 'nothing is wrong', lookAt: 'nothing', passes: { double: times(2) } },
    'throws-below-zero': { when: 'x is below zero', lookAt: 'signs', passes: { double: refuseNegative } },
    halves: { when: 'x is halved', lookAt: 'divide', passes: { double: times(0.5) } },
    'is-no-number': { when: 'x is nothing', lookAt: 'all', passes: { double: times(NaN) } },
  },
});

const watchdog = new Watchdog();
let device: OpenDevice;
beforeAll(async () => {
  device = await openDevice('cpu');
});

/** An examination of one function written by hand, on the real device. */
function examine(double: Pass) {
  const exercise = makeExercise();
  const subject = new InProcessSubject(device, exercise.id, { double }, watchdog);
  return new Examination<(typeof oracle)['passes']>(exercise, subject, new Random('seed', 'purpose'), oracle, {
    openReferencePasses: () => undefined,
    openReplayer: () => subject,
    reduced: false,
    progress: () => undefined,
    racing: { error: 0.01 },
  });
}

const scale =
  (factor: number): Pass =>
  ({ x }) => ({ y: device.tf.mul(x, factor) });
const fails = (failureCause: Cause, words = '') => ({ name: 'CheckFailure', failureCause, message: expect.stringContaining(words) });

describe('agree', () => {
  test('a right answer passes, and its share of the tolerance is kept', async () => {
    const examination = examine(scale(2 + 1e-6));
    await examination.agree('double', { x: [1, 10] });
    expect(examination.noted.errorShare).toBeGreaterThan(0);
    expect(examination.noted.errorShare).toBeLessThan(1);
  });

  test('a wrong answer fails with the place and both numbers, and so does a last bit that was asked for', async () => {
    const wrong = fails('wrong-value', 'y[1] is 10 but should be 8; 1 of 2 numbers differ');
    await expect(examine(scale(2.5)).agree('double', { x: [0, 4] })).rejects.toMatchObject(wrong);
    await expect(examine(scale(2 + 1e-6)).agree('double', { x: [1] }, 'exactly')).rejects.toMatchObject(fails('wrong-value'));
  });
});

describe('run', () => {
  test('gives nested lists', async () => {
    expect(await examine(scale(2)).run('double', { x: [1, 2] })).toEqual({ y: [2, 4] });
  });

  test.for<[Cause, Pass]>([
    ['wrong-shape', ({ x }) => ({ y: device.tf.expandDims(x) })],
    ['wrong-shape', ({ x }) => x.mul(2)],
    ['not-finite', ({ x }) => ({ y: device.tf.div(x, 0) })],
    ['not-finite', ({ x }) => ({ y: device.tf.mul(x, NaN) })],
  ])('%s ends the check at once', async ([cause, pass]) => {
    await expect(examine(pass).run('double', { x: [1] })).rejects.toMatchObject(fails(cause));
  });
});

test('expectClose holds numbers against numbers and require holds a sentence', () => {
  const { expectClose, require } = examine(scale(2));
  expectClose('h', [1, 2], [1, 2 + 1e-6]);
  require(true, 'never said');
  expect(() => expectClose('h', [1, 2], [1, 2 + 1e-6], 'exactly')).toThrow(/^h\[1\] is 2 but should be 2/);
  expect(() => expectClose('h', [1, 2], [1])).toThrow(RangeError);
  expect(() => require(false, 'the order is wrong')).toThrow('the order is wrong');
});

test('gradients are held against the specification', async () => {
  await examine(scale(2)).agreeGradients('double', { x: [1, 2] }, 'y', ['x']);
  const doubled = (x: unknown) => ({ value: (x as tf.Tensor).mul(2), gradFunc: (dy: unknown) => device.tf.zerosLike(dy as tf.Tensor) });
  const cut: Pass = ({ x }) => ({ y: device.tf.customGrad(doubled)(x) });
  const wrong = fails('wrong-value', 'the gradient by x[0] is 0');
  await expect(examine(cut).agreeGradients('double', { x: [1, 2] }, 'y', ['x'])).rejects.toMatchObject(wrong);
});

describe('rules', () => {
  const inputAt = (T: number) => ({ x: Array.from({ length: T }, () => 1) });
  let drawn = 0;
  const draw = () => ({ x: [++drawn] });
  const stepwise: Pass = ({ x }) => ({ y: device.tf.concat(device.tf.split(x, x.shape[0]).map((xT) => xT.mul(2))) });
  const reading: Pass = ({ x }) => ({ y: device.tf.tensor1d(x.dataSync()).mul(2) });
  const idle: Pass = ({ x }) => ({ y: x });
  const leaky: Pass = ({ x }) => (device.tf.keep(device.tf.scalar(1)), { y: x.mul(2) });

  test('a pass whose kernels do not grow with T, and that leaves nothing behind, keeps them', async () => {
    await expect(examine(scale(2)).expectKernelGrowth('double', inputAt, 8, 1.05)).resolves.toBeUndefined();
    await expect(examine(scale(2)).expectNoLeaks('double', draw)).resolves.toBeUndefined();
  });

  test.for([
    ['kernels that grow with T', stepwise, '10 kernels at T = 8 and 18 at T = 16, 1.80 times as many'],
    ['reading back to the host', reading, 'reads tensors back'],
    ['no kernel at all', idle, 'runs no kernel'],
  ] as const)('%s break them', async ([, pass, words]) => {
    await expect(examine(pass).expectKernelGrowth('double', inputAt, 8, 1.3)).rejects.toMatchObject(fails('broken-rule', words));
  });

  test('each further step may cost so many kernels and no more, whatever the rest costs', async () => {
    await expect(examine(stepwise).expectKernelsPerStep('double', inputAt, 8, 1)).resolves.toBeUndefined();
    const dear = fails(
      'broken-rule',
      'runs 10 kernels at N = 8 and 18 at N = 16: 1.0 for each further step, where at most 0.9 are allowed',
    );
    await expect(examine(stepwise).expectKernelsPerStep('double', inputAt, 8, 0.9, 'N')).rejects.toMatchObject(dear);
  });

  test('tensors left behind break them, and are counted', async () => {
    const left = fails('broken-rule', 'left 5 tensors behind in 5 runs');
    await expect(examine(leaky).expectNoLeaks('double', draw, { calls: 5 })).rejects.toMatchObject(left);
  });

  test('what the machine cannot tell is set aside', () => {
    expect(() => examine(scale(2)).setAside('the clock is too coarse')).toThrow(new NotMeasured('the clock is too coarse'));
  });

  test('curves are shown as they are, and only what is a figure', () => {
    const examination = examine(scale(2));
    const curves = {
      kind: 'curves',
      title: 't',
      note: 'n',
      x: { label: 'T' },
      y: { label: 'ms', log: true },
      series: [{ name: 's', points: [[1, 2]] }],
    } as const;
    examination.show({ ...curves, series: [{ name: 's', points: [[1, 2]] }] });
    expect(examination.noted.figures).toEqual([{ ...curves, x: { label: 'T', log: false } }]);
    expect(() => examination.show({ ...curves, series: [{ name: 's', points: [[1, Number.NaN]] }] })).toThrow(/NaN/);
  });

  test('an answer without a specification is asked for, and must be finite', async () => {
    expect(await examine(scale(2)).ask('double', { x: [1] })).toEqual({ y: [2] });
    await expect(examine(scale(Infinity)).ask('double', { x: [1] })).rejects.toMatchObject(fails('not-finite', 'y holds Infinity'));
  });

  test('a run without reference passes has no races', () => {
    expect(() => examine(scale(2)).openReferencePasses()).toThrow(NotApplicable);
  });
});

describe('diagnose', () => {
  test.for([
    [3, 'triples'],
    [0.5, 'halves'],
    [2.7, undefined],
    [2, undefined], // a right answer is no misconception, even where one is written down that gives it
  ] as const)('answers of %d x are %s', async ([factor, id]) => {
    const examination = examine(scale(factor));
    for (const x of [[1], [2, 3]]) await examination.agree('double', { x }).catch(() => undefined);
    expect(examination.diagnose()).toBe(id);
  });

  test.for([
    [0.5, 'halves'],
    [2.7, undefined],
    [NaN, 'is-no-number'],
  ] as const)('a misconception that throws is none, and costs no other its name: %d x is %s', async ([factor, id]) => {
    const examination = examine(scale(factor));
    await examination.agree('double', { x: [-1] }).catch(() => undefined);
    expect(examination.diagnose()).toBe(id);
  });

  test('a misconception must explain every answer, and none is none where nothing was asked', async () => {
    const mixed = examine(({ x }) => ({ y: x.mul(x.shape[0] === 1 ? 3 : 2.7) }));
    for (const x of [[1], [2, 3]]) await mixed.agree('double', { x }).catch(() => undefined);
    expect(mixed.diagnose()).toBeUndefined();
    expect([examine(scale(3)).noted.errorShare, examine(scale(3)).diagnose()]).toEqual([undefined, undefined]);
  });
});

test('whole-number inputs are int32, all others float32, and numbers stay numbers', () => {
  const { toPassInput } = examine(scale(2));
  expect(toPassInput({ x: [1], ids: [1], n: 3 })).toMatchObject({ x: { dtype: 'float32' }, ids: { dtype: 'int32' }, n: 3 });
});
