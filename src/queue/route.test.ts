import { expect, test } from 'vitest';

import type { Presence } from './packets.ts';
import { describePresence, queueName, unlike } from './route.ts';

const mine = describePresence({ name: 'wasm', usable: true, kind: 'cpu', version: '4.22.0', reason: '' }, 'namespace', undefined);

test('a queue is named by the device class, the kind of work and what could change an answer', () => {
  expect(queueName(mine, 'checks')).toMatch(/^unroll-wasm-checks-[0-9a-f]{16}$/);
  expect(queueName({ ...mine, device: ['tensorflow', 'cpu', '2.21.0'] }, 'races')).toMatch(/^unroll-tensorflow-cpu-races-/);
  expect(queueName({ ...mine, device: ['webgpu', 'software', 'x'] }, 'races')).toMatch(/^unroll-webgpu-software-races-/);
});

test.for<[string, Partial<Presence>, RegExp]>([
  ['kit', { kit: 'f'.repeat(64) }, /^another kit \(.* ffffff\..*, not /],
  ['course', { course: 'f'.repeat(64) }, /^another kit \(/],
  ['Node', { node: 'v1.0.0' }, /^Node v1\.0\.0, not v/],
  ['device', { device: ['cpu', 'cpu', '4.22.0'] }, /^the device cpu-cpu, not wasm$/],
  ['version of the device', { device: ['wasm', 'cpu', '5'] }, /^version 5 of the device, not 4\.22\.0$/],
  ['level', { level: 'none' }, /^isolation none, not namespace$/],
  ['worker key', { key: 'abc' }, /^the worker key abc, not no worker key$/],
])('another %s has another queue, and is told', ([, changed, words]) => {
  const other = { ...mine, ...changed };
  expect(queueName(other, 'checks')).not.toBe(queueName(mine, 'checks'));
  expect(unlike(mine, other)).toMatch(words);
});

test('another host is alike, and another machine has another queue for races alone', () => {
  const other = { ...mine, host: 'elsewhere', machine: '99 × processor' };
  expect(unlike(mine, other)).toBeUndefined();
  expect(queueName(other, 'checks')).toBe(queueName(mine, 'checks'));
  expect(queueName(other, 'races')).not.toBe(queueName(mine, 'races'));
});
