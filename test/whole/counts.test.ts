import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readExercise } from '../../src/course/course.ts';
import { kitRoot } from '../../src/course/places.ts';
import { chooseDevice } from '../../src/device/probe.ts';
import type { DeviceReport } from '../../src/result/device.ts';
import { Grader } from '../../src/grade/grade.ts';
import { makePlan } from '../../src/run/plan.ts';

// Submissions that lie about the kernels they run and the tensors they leave. Every one has the right answers and sequential kernels, or leaves a tensor behind.
const exercise = readExercise(join(kitRoot, 'exercises/15-associative-scan'));
const solution = readFileSync(join(kitRoot, 'solutions/15-associative-scan/associative-scan.ts'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'unroll-counts-'));
let grader: Grader;
let device: DeviceReport;
beforeAll(async () => {
  grader = new Grader();
  device = await chooseDevice();
});
afterAll(async () => {
  await grader.close();
  rmSync(folder, { recursive: true });
});

/** The solution with another parallel pass, and with what a submission does once when it is imported. */
const withParallel = (body: string, once = '') =>
  solution
    .replace('export function linearRecurrenceParallel', 'function honest')
    .concat(`export function linearRecurrenceParallel(input: LinearRecurrenceInput): any { ${body} }\n${once}\n`);

/** How the two checks end that count. */
async function endOf(name: string, text: string) {
  const home = join(folder, name, exercise.id);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'associative-scan.ts'), text);
  const plan = makePlan({
    exercises: [exercise],
    device,
    seed: 'counts',
    races: false,
    checks: ['kernels', 'no-leaks'],
  });
  const { exercises } = await grader.grade(join(folder, name), plan);
  return Object.fromEntries(exercises[0]!.checks.flatMap(({ id, outcome }) => (plan.checks?.includes(id) === true ? [[id, outcome]] : [])));
}

const pass = { status: 'pass' };
const fails = (cause: string, words: string) =>
  expect.objectContaining({ status: 'fail', cause, message: expect.stringContaining(words) }) as unknown;

test('an honest submission passes both', async () => {
  expect(await endOf('honest', solution)).toEqual({ kernels: pass, 'no-leaks': pass });
});

describe('kernels', () => {
  const grow = 'times as many';

  test('a pass that is parallel while it is profiled gains nothing', async () => {
    const ends = await endOf(
      'profiling',
      withParallel('return tf.engine().state.profiling ? honest(input) : linearRecurrenceSequential(input);'),
    );
    expect(ends).toEqual({ kernels: fails('broken-rule', grow), 'no-leaks': pass });
  });

  test('nor one that makes the count of the engine', async () => {
    const once =
      'const { profile } = tf.engine(); tf.engine().profile = async function (query) { const info = await profile.call(this, query); info.kernels.length = 5; return info; };';
    expect((await endOf('patched-profile', withParallel('return linearRecurrenceSequential(input);', once)))['kernels']).toEqual(
      fails('broken-rule', grow),
    );
  });

  test('a pass that works on the host beside some kernels is told so', async () => {
    const body =
      'tf.engine().state.profiling; const { h } = linearRecurrenceSequential(input); const read = (tf.backend() as any).readSync(h.dataId); return { h: tf.tensor(Array.from(read), h.shape).add(0) };';
    const ends = await endOf('host', withParallel(`if (tf.engine().state.profiling) return honest(input); ${body}`));
    expect(ends['kernels']).toEqual(fails('broken-rule', 'worked out on the host'));
  });

  test('kernels of a wrong answer are not counted', async () => {
    const ends = await endOf('nan', withParallel('return { h: tf.fill(input.a.shape, NaN) };'));
    expect(ends).toEqual({ kernels: fails('not-finite', 'is not right yet'), 'no-leaks': fails('not-finite', 'is not right yet') });
  });
});

describe('tensors left behind', () => {
  const leak = 'tf.keep(tf.scalar(1)); return honest(input);';
  const left = fails('broken-rule', 'left 1 tensor behind in one run');

  test.for([
    ['a patched memory()', 'tf.engine().memory = () => ({ numTensors: 7, numBytes: 7, numDataBuffers: 7, unreliable: false });'],
    ['a patched count', "Object.defineProperty(tf.engine().state, 'numTensors', { get: () => 7, set: () => undefined });"],
  ] as const)('%s hides none', async ([name, once]) => {
    expect((await endOf(name.replaceAll(/\W/g, '-'), withParallel(leak, once)))['no-leaks']).toEqual(left);
  });

  test('a pass that counts down what it leaves gains nothing', async () => {
    expect(
      (await endOf('counts-down', withParallel(leak.replace('return', 'tf.engine().state.numTensors--; return'))))['no-leaks'],
    ).toEqual(left);
  });
});

/** What is sent from the box is spoiled on its way out of the driver. */
const spoils = (how: string) =>
  `const { stringify } = JSON; JSON.stringify = (value: any, ...rest: any[]) => { ${how} return stringify(value, ...rest); };`;

describe('forged counts', () => {
  test.for([
    ['negative', '-5'],
    ['broken', '1.5'],
    ['no number', 'NaN'],
  ] as const)('a %s one is no answer', async ([name, count]) => {
    const forge = spoils(
      `const text = stringify(value, ...rest); if (typeof text === 'string' && text.includes('hostReads')) return text.replace(/\\["kernelCount",\\["n","\\d+"\\]\\]/, '["kernelCount",["n","${count}"]]');`,
    );
    expect((await endOf(`forged-${name.replaceAll(' ', '-')}`, withParallel('return honest(input);', forge)))['kernels']).toEqual(
      fails('bad-answer', 'form'),
    );
  });
});

describe('a hostile trace costs the check that asked for it, and nobody else', () => {
  const cannot = 'cannot be run again by the kit';
  const kernel = (name: string, attributes: string, outputs = '[90000]') =>
    `value.steps = [['kernel', '${name}', {}, ${attributes}, ${outputs}], ...value.steps];`;
  test.for([
    ['an unknown kernel', kernel('NoSuchKernel', '{}')],
    ['a tensor that was never made', "value.steps = [['end', 99999], ...value.steps];"],
    ['a kernel that makes more than it says', kernel('Fill', "{ shape: [2], value: 1, dtype: 'float32' }", '[]')],
    ['a huge shape', kernel('Fill', "{ shape: [100000, 100000], value: 1, dtype: 'float32' }")],
    ['absurd attributes', kernel('Fill', "{ shape: 'x', value: {}, dtype: [] }")],
    ['steps that are none', "value.steps = 'steps';"],
    ['a constant that it has not', "value.constants = [['float32', [1e9]]]; value.before = [[0, 90000]];"],
    ['two tensors of one number', 'value.steps = [value.steps[0], ...value.steps];'],
  ] as const)('%s', { timeout: 180_000 /* ms: the kit runs what fails a second time, in a fresh box */ }, async ([name, how]) => {
    const once = spoils(`if (value?.steps && value.inputs) { value = { ...value }; ${how} }`);
    const ends = await endOf(name.replaceAll(/\W/g, '-'), withParallel('return honest(input);', once));
    expect(ends['kernels']).toEqual(fails('bad-answer', cannot));
    expect(await endOf('honest', solution)).toEqual({ kernels: pass, 'no-leaks': pass });
  });
});
