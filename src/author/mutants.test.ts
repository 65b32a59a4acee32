import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import type { OpenDevice } from '../device/device.ts';
import { openDevice } from '../device/open.ts';
import { compileModule } from '../compile/learner.ts';
import { InProcessSubject } from '../driver/in-process.ts';
import { HostTensor } from '../wire/tensor.ts';
import { Watchdog } from '../driver/watchdog.ts';
import { importModule } from './import-module.ts';
import { makeMutants } from './mutants.ts';

const title = { title: 'A check', points: 1, lookAt: 'here' };
const checks = { values: title, gradients: title, kernels: title, 'no-leaks': title };
const text = `import * as tf from '@tensorflow/tfjs';
export const doubleSequential = ({ x }: { x: tf.Tensor1D }) => ({ y: tf.tidy(() => tf.stack(tf.unstack(x).map((xT) => tf.mul(xT, 2)))) });
export const doubleParallel = ({ x }: { x: tf.Tensor1D }) => ({ y: tf.mul(x, 2) });`;
const solution = { key: '07-doubling', entry: 'doubling.ts', files: { 'doubling.ts': text, 'cell.ts': 'export {};' } };
const watchdog = new Watchdog();
const ones = (length: number) => new HostTensor([length], 'float32', new Float32Array(length).fill(1));
const folder = mkdtempSync(join(tmpdir(), 'unroll-mutants-'));
afterAll(() => rmSync(folder, { recursive: true }));
const made = (facts = {}) => makeMutants(makeExercise({ checks, ...facts }), solution);

test('a mutant is made for each check that only real code can fail, and for no other', () => {
  expect(made().map(({ id, killer }) => [id, killer])).toEqual([
    ['leaves-tensors', 'no-leaks'],
    ['cuts-gradient', 'gradients'],
    ['sequential-in-disguise', 'kernels'],
  ]);
  expect(made({ checks: { values: title, gradients: title } }).map(({ id }) => id)).toEqual(['cuts-gradient']);
});

test('a mutant that the author wrote takes the solution’s place and leaves the rest to it', () => {
  mkdirSync(join(folder, 'mutants'));
  writeFileSync(join(folder, 'mutants', 'halves.ts'), "export * from '../../../solutions/07-doubling/doubling.ts';\n");
  const found = made({ folder, mutants: { halves: { killer: 'values', when: 'it halves' } } }).find(({ id }) => id === 'halves');
  expect(found).toMatchObject({ killer: 'values', module: { entry: 'spoiled.ts', files: { 'original.ts': text } } });
  expect(found?.module.files['spoiled.ts']).toBe("export * from './original.ts';\n");
});

test('a mutant that the author wrote finds the given files above it, where they lie beside it once it is compiled', () => {
  writeFileSync(join(folder, 'mutants', 'thirds.ts'), "export { three } from '../given.ts';\nexport { four } from '../other.ts';\n");
  const found = made({ folder, given: ['given.ts'], mutants: { thirds: { killer: 'values', when: 'it divides' } } });
  expect(found.at(-1)?.module.files['spoiled.ts']).toBe("export { three } from './given.ts';\nexport { four } from '../other.ts';\n");
});

test('without a parallel pass there is nothing to disguise', () => {
  expect(made({ passes: { doubleSequential: 'sequential' } }).map(({ id }) => id)).toEqual(['leaves-tensors', 'cuts-gradient']);
});

test('the other files of the solution come along, and no two modules share a key', () => {
  for (const { module } of made()) expect(Object.keys(module.files).toSorted()).toEqual(['cell.ts', 'original.ts', 'spoiled.ts']);
  expect(new Set(made().map(({ module }) => module.key)).size).toBe(3);
});

describe('on a device', () => {
  let device: OpenDevice;
  beforeAll(async () => {
    device = await openDevice('cpu');
  });

  /** A mutant, compiled and run as a learner's file is. */
  async function open(id: string): Promise<InProcessSubject> {
    const { module } = made().find((mutant) => mutant.id === id)!;
    return new InProcessSubject(device, id, await importModule(await compileModule(module)), watchdog);
  }
  const ask = { of: 'y', cotangent: ones(2), by: ['x'] };

  test.for(['leaves-tensors', 'cuts-gradient', 'sequential-in-disguise'])('%s still gives the right values', async (id) => {
    const subject = await open(id);
    for (const pass of ['doubleSequential', 'doubleParallel'])
      expect(await subject.call(pass, { x: ones(2) })).toEqual({ y: new HostTensor([2], 'float32', Float32Array.of(2, 2)) });
  });

  test('leaves-tensors leaves one behind at every call, and no other does', async () => {
    const left = async (id: string) => (await open(id)).leaks('doubleParallel', { x: ones(2) }, 3);
    expect([await left('leaves-tensors'), await left('sequential-in-disguise')]).toEqual([3, 0]);
  });

  test('cuts-gradient has gradient 0, and no other has', async () => {
    const gradient = async (id: string) => [
      ...((await (await open(id)).gradients('doubleParallel', { x: ones(2) }, ask))['x']?.data ?? []),
    ];
    expect([await gradient('cuts-gradient'), await gradient('leaves-tensors')]).toEqual([
      [0, 0],
      [2, 2],
    ]);
  });

  test('sequential-in-disguise runs more kernels for more steps, and no other does', async () => {
    const count = async (id: string, T: number) => (await (await open(id)).profile('doubleParallel', { x: ones(T) })).kernelCount;
    expect(await count('sequential-in-disguise', 8)).toBeGreaterThan(1.5 * (await count('sequential-in-disguise', 4)));
    expect(await count('cuts-gradient', 8)).toBe(await count('cuts-gradient', 4));
  });
});
