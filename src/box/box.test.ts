import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { afterEach, describe, expect, test } from 'vitest';

import { Box, BoxError } from './box.ts';
import { compileProgram } from '../compile/program.ts';
import { describeIsolation } from './isolation.ts';
import { needs } from '../../test/support/needs.ts';
import { usualLimits, type Limits } from './limits.ts';
import { HostTensor } from '../wire/tensor.ts';
import { encodeFrame, type Message } from '../wire/frame.ts';

const config = async (limits: Partial<Limits> = {}) => ({
  device: 'cpu' as const,
  level: (await describeIsolation()).level,
  limits: { ...usualLimits, ...limits },
  program: await compileProgram('cpu'),
});
const failure = (failureCause: string, words = '') => ({ name: 'SubjectFailure', failureCause, message: expect.stringContaining(words) });
const foldersLeft = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`unroll-box-${process.pid}-`));

let box: Box;
const open: Box[] = [];
/** A fresh box with this code as its module `m`, past the bundler that would refuse most of it. */
async function enter(code: string): Promise<Box> {
  ({ box } = await Box.start(await config()));
  open.push(box);
  await box.ask({ verb: 'enter', module: 'm', code });
  return box;
}
const call = (pass: string, input = {}) => box.ask({ verb: 'call', module: 'm', pass, input });
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

test('a box says what its device is, answers, prints, and leaves nothing behind', async () => {
  const { box: other, report } = await Box.start(await config());
  expect(report).toMatchObject({ name: 'cpu', kind: 'cpu', usable: 1 });
  await other.close();
  expect(other.isAlive).toBe(false);
  await expect(other.ask({ verb: 'stage', input: {} })).rejects.toMatchObject(failure('exited', 'the box was closed'));

  await enter("import * as tf from './box.mjs'; export const f = ({ x }) => { console.log('here'); return { y: tf.neg(x) }; };");
  const x = new HostTensor([2], 'float32', Float32Array.of(1, -2));
  expect(await call('f', { x })).toEqual({ y: new HostTensor([2], 'float32', Float32Array.of(-1, 2)) });
  expect([await box.takePrinted(), await box.takePrinted()]).toEqual(['here\n', '']);
  await expect(call('g')).rejects.toMatchObject(failure('missing-export', 'named g'));
  expect(box.isAlive, 'a failure of the learner ends no box').toBe(true);
  await open.pop()?.close();
  expect(foldersLeft()).toEqual([]);
});

test('a second request before the first is answered is refused, and the first is answered all the same', async () => {
  await enter('export const f = () => 1;');
  const first = call('f');
  await expect(call('f')).rejects.toThrow('one request at a time');
  expect(await first).toBe(1);
});

describe('a box that does not start', () => {
  test.for<[string, Partial<Limits>, string, RegExp]>([
    ['a device that does not exist', {}, 'abacus', /could not open the device abacus: The device abacus does not open/],
    ['too little memory', { dataBytes: 2 ** 20 }, 'cpu', /could not open the device cpu: .*(alloc|memory)/],
    ['no answer in time', { startMs: 1 }, 'cpu', /could not open the device cpu: the box did not return within 0\.001 s/],
  ])(
    '%s is the grader’s trouble, told in the box’s last words, and nothing is left behind',
    async ([name, limits, device, words], context) => {
      if (name === 'too little memory') await needs(context, 'bubblewrap'); // bare, Node dies of an assertion about random numbers
      const thrown: unknown = await Box.start({ ...(await config(limits)), device: device as 'cpu' }).catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(BoxError);
      expect((thrown as BoxError).message).toMatch(words);
      expect(foldersLeft()).toEqual([]);
    },
  );
});

describe('a box that writes into its channel itself', () => {
  const frame = (message: Message) => Buffer.concat(encodeFrame(message));
  /** A pass that writes these bytes before it answers. */
  const writing = (bytes: Uint8Array, then = '') =>
    `import { writeSync } from 'node:fs'; export const f = () => { writeSync(3, Buffer.from('${Buffer.from(bytes).toString('hex')}', 'hex')); ${then} return 1; };`;

  test.for<[string, Uint8Array, string]>([
    ['an answer that was not asked for', frame({ id: 99, ok: 1, value: 1 }), 'not asked for'],
    ['an answer without a number', frame({ ok: 1, value: 1 }), 'not asked for'],
    ['no answer at all', frame('hello'), 'not asked for'],
    ['a giant', Uint8Array.of(255, 255, 255, 255), 'above the cap'],
    ['an empty frame', new Uint8Array(4), 'too short'],
    ['noise', Uint8Array.of(8, 0, 0, 0, 4, 0, 0, 0, 1, 2, 3, 4), 'not JSON'],
    ['a frame cut short, so that the answer is taken for its end', frame({ id: 2, ok: 1, value: 'x'.repeat(20) }).subarray(0, -20), 'bad'],
  ])('%s ends it', async ([, bytes, words]) => {
    await enter(writing(bytes));
    await expect(call('f')).rejects.toMatchObject(failure('bad-answer', words === 'bad' ? '' : words));
    expect(box.isAlive).toBe(false);
  });

  test('a cause that does not exist, and words where a value belongs, are no reply', async () => {
    for (const reply of [{ ok: 0, cause: 'passed', message: 'x' }, { ok: 0, cause: 'threw', message: 1 }, { ok: 1 }]) {
      await enter(writing(frame({ id: 2, ...reply }), 'for (;;);'));
      await expect(call('f')).rejects.toMatchObject(failure('bad-answer', 'no reply'));
    }
  });

  test('half a frame and an end is an end, not an answer', async () => {
    await enter(writing(frame({ id: 2, ok: 1, value: 1 }).subarray(0, -3), 'process.exit(0);'));
    await expect(call('f')).rejects.toMatchObject(failure('exited', 'exit code 0'));
  });

  test('a forged answer in time is an answer like any other, and the true one after it ends the box', async () => {
    await enter(writing(frame({ id: 2, ok: 1, value: 7 })));
    expect(await call('f')).toBe(7);
    await expect.poll(() => box.isAlive).toBe(false);
  });
});
