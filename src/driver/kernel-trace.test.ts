import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';

import type { OpenDevice } from '../device/device.ts';
import { openDevice } from '../device/open.ts';
import { chooseDevice } from '../device/probe.ts';
import { Driver } from './driver.ts';
import { HostTensor } from '../wire/tensor.ts';

type X = { x: tensorflow.Tensor1D; more?: { list: tensorflow.Tensor1D[] } };
const vector = (...numbers: number[]) => new HostTensor([numbers.length], 'float32', Float32Array.from(numbers));
const [first, second] = [vector(1, 2), vector(5, -6)];

let cache: tensorflow.Tensor1D | undefined;
let device: OpenDevice;
let tf: OpenDevice['tf'];
let driver: Driver;
beforeAll(async () => {
  device = await openDevice((await chooseDevice()).name);
  tf = device.tf;
  driver = new Driver(device);
  driver.enter('m', {
    named: ({ x }: X) => ({ y: tf.tidy(() => tf.add(tf.mul(x, 2), tf.scalar(1))), z: tf.square(x) }),
    single: ({ x }: X) => tf.neg(x),
    later: async ({ x }: X) => ({ y: tf.neg(x) }),
    lists: ({ x }: X) => tf.tidy(() => ({ y: tf.concat([...tf.split(x, 2), tf.addN([x, x])]) })),
    attributes: ({ x }: X) => ({ y: tf.pad(x, [[1, 0]], -Infinity), z: tf.cumsum(x, 0, true) }),
    nested: ({ x, more }: X) => tf.tidy(() => ({ states: [{ h: tf.add(x, more?.list[0] ?? 0) }, { h: tf.square(x) }], T: 2 })),
    variable: ({ x }: X) =>
      tf.tidy(() => {
        const state = tf.variable(tf.zerosLike(x), false);
        for (let step = 0; step < 2; step++) state.assign(tf.add(tf.mul(state, 2), x));
        const y = tf.add(state, 0);
        state.dispose();
        return { y };
      }),
    gradient: ({ x }: X) => ({
      y: tf.tidy(() => tf.grad((at: tensorflow.Tensor) => tf.sum(tf.softmax(tf.mul(at, tf.exp(at))).square()))(x)),
    }),
    cached: ({ x }: X) => ({ y: tf.tidy(() => tf.mul(x, (cache ??= tf.keep(tf.tensor1d([3, 4]))))) }),
    leaks: ({ x }: X) => (tf.keep(tf.mul(x, 2)), { y: tf.neg(x) }),
    leaksConstant: ({ x }: X) => (tf.keep(tf.scalar(1)), { y: tf.neg(x) }),
    untidy: ({ x }: X) => ({ y: tf.exp(tf.exp(x)) }),
    frees: ({ x }: X) => {
      const doubled = tf.mul(x, 2);
      const y = tf.neg(doubled);
      doubled.dispose();
      return { y };
    },
    ends: ({ x }: X) => (x.dispose(), { y: tf.scalar(1) }),
    fails: () => tf.matMul(tf.ones([2]), tf.ones([3])),
    host: ({ x }: X) => ({ y: tf.tensor1d([...x.dataSync()].map((value) => 2 * value)) }),
  });
});

/** Traces a pass on one input and replays its kernels on another. */
async function again(pass: string) {
  driver.install('m', 'again', await driver.traceKernels('m', pass, { x: first }));
  await driver.stage({ x: second });
  return driver.runStaged('m', 'again');
}

test.for(['named', 'single', 'later', 'lists', 'attributes', 'variable', 'gradient', 'cached'])(
  'the kernels of %s give its answers to another input',
  async (pass) => {
    const expected = await driver.call('m', pass, { x: second });
    expect(await again(pass)).toEqual(expected);
  },
);

test('nested inputs and answers keep their form', async () => {
  const input = (x: HostTensor, other: HostTensor) => ({ x, more: { list: [other] } });
  const trace = await driver.traceKernels('m', 'nested', input(first, second));
  const expected = await driver.call('m', 'nested', input(second, first));
  expect((await driver.replay(trace, input(second, first))).answer).toEqual(expected);
});

test('what was computed on the host is not among them', async () => {
  expect(await again('host')).toEqual({ y: vector(2, 4) }); // of the input that was traced
});

const measured = async (pass: string) => {
  await driver.call('m', pass, { x: first });
  return driver.replay(await driver.traceKernels('m', pass, { x: first }), { x: second });
};

test('a replay counts kernels as the profile does, and the same bytes at the peak', async () => {
  for (const pass of ['named', 'lists', 'frees', 'untidy']) {
    const { kernels, kernelCount, peakBytes } = await driver.profile('m', pass, { x: first });
    const bytesAlive = tf.memory().numBytes;
    expect(await measured(pass)).toMatchObject({ kernels, kernelCount, peakBytes: peakBytes - bytesAlive });
  }
});

test.for([
  ['named', 0],
  ['gradient', 0],
  ['variable', 0],
  ['cached', 0],
  ['frees', 0],
  ['leaks', 1],
  ['leaksConstant', 1],
  ['untidy', 1],
] as const)('%s leaves %i tensors behind', async ([pass, left]) => {
  expect((await measured(pass)).left).toBe(left);
});

test('a replay leaves nothing on the device, also where it fails', async () => {
  const trace = await driver.traceKernels('m', 'cached', { x: first });
  const before = tf.memory().numTensors;
  await driver.replay(trace, { x: second });
  await expect(driver.replay(trace, { x: vector(1, 2, 3) })).rejects.toMatchObject({ name: 'SubjectFailure' });
  expect(tf.memory().numTensors).toBe(before);
});

test('a pass cannot see that it is traced', async () => {
  const seen: string[] = [];
  const look = () => {
    const engine = tf.engine() as unknown as Record<string, unknown>;
    const facts = ['runKernel', 'trackTensor', 'disposeTensor'].map(
      (name) => Object.getOwnPropertyDescriptor(engine, name)?.value as unknown,
    );
    return JSON.stringify([
      facts.map((fact) => fact === known.get(fact)),
      tf.memory().numTensors,
      tf.memory().numDataBuffers,
      tf.engine().state.profiling,
    ]);
  };
  const known = new Map(
    ['runKernel', 'trackTensor', 'disposeTensor'].map((name) => [
      (tf.engine() as unknown as Record<string, unknown>)[name],
      (tf.engine() as unknown as Record<string, unknown>)[name],
    ]),
  );
  driver.enter('looks', {
    look: ({ x }: X) => {
      const y = tf.tidy(() => tf.add(tf.mul(x, tf.scalar(2)), tf.tensor1d([1, 1])));
      seen.push(look());
      return { y };
    },
  });
  await driver.call('looks', 'look', { x: first });
  await driver.traceKernels('looks', 'look', { x: first });
  expect(seen[1]).toBe(seen[0]);
});

test('the hooks can be neither replaced nor removed, and a second driver takes those that are there', async () => {
  const engine = tf.engine() as unknown as Record<string, unknown>;
  for (const name of ['runKernel', 'trackTensor', 'disposeTensor']) {
    const hook = engine[name];
    expect(() => (engine[name] = () => undefined)).toThrow(TypeError);
    expect(() => delete engine[name]).toThrow(TypeError);
    expect(() => Object.defineProperty(engine, name, { value: () => undefined })).toThrow(TypeError);
    for (const shared of [false, true]) expect(new Driver(device, shared).report).toBe(device.report);
    expect(engine[name]).toBe(hook);
  }
});

test('nothing of a recording passes through what a learner puts over the methods of lists and maps', async () => {
  const patched = [Array.prototype, WeakMap.prototype, Map.prototype] as unknown as Record<string | symbol, unknown>[];
  const counts: number[] = [];
  const watched = <T>(run: () => T): T => {
    let called = 0;
    const owners = patched.flatMap((owner) =>
      ['push', 'get', 'set', 'has', 'delete', 'map', Symbol.iterator].map((name) => [owner, name] as const),
    );
    const originals = owners.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
    const { apply } = Reflect;
    for (let index = 0; index < owners.length; index++) {
      const original = originals[index];
      if (original === undefined) continue;
      const [owner, name] = [owners[index]![0], owners[index]![1]];
      // oxlint-disable-next-line no-loop-func -- the count is what is wanted
      Object.defineProperty(owner, name, {
        ...original,
        value: function (this: unknown, ...values: unknown[]) {
          called++;
          return apply(original.value as () => unknown, this, values);
        },
      });
    }
    try {
      return run();
    } finally {
      for (let index = 0; index < owners.length; index++)
        if (originals[index] !== undefined) Object.defineProperty(owners[index]![0], owners[index]![1], originals[index]!);
      counts.push(called);
    }
  };
  driver.enter('patched', {
    named: ({ x }: X) => watched(() => ({ y: tf.tidy(() => tf.concat([tf.add(tf.neg(x), x), ...tf.split(x, 2)])) })),
  });
  await driver.call('patched', 'named', { x: first });
  await driver.traceKernels('patched', 'named', { x: first });
  expect(counts[1]).toBe(counts[0]);
  expect(counts[0]).toBeGreaterThan(0);
});

test('a trace leaves the device as it was, also where the pass throws', async () => {
  await driver.stage({});
  const before = tf.memory();
  await driver.traceKernels('m', 'named', { x: first });
  await expect(driver.traceKernels('m', 'fails', { x: first })).rejects.toMatchObject({ name: 'SubjectFailure', failureCause: 'threw' });
  expect(tf.memory()).toEqual(before);
});

test('an input that a pass disposes of is told', async () => {
  await expect(driver.traceKernels('m', 'ends', { x: first })).rejects.toMatchObject({ failureCause: 'broken-rule' });
});

test('a pass of too many steps cannot be traced, and is told so', async () => {
  driver.enter('long', {
    long: ({ x }: X) =>
      tf.tidy(() => {
        for (let step = 0; step < 60_000; step++) tf.neg(x).dispose();
        return { y: tf.neg(x) };
      }),
  });
  await expect(driver.traceKernels('long', 'long', { x: first })).rejects.toMatchObject({
    failureCause: 'broken-rule',
    message: expect.stringContaining('more than 100000 steps'),
  });
});
