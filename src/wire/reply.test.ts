import { expect, test } from 'vitest';

import { longestMessage } from '../result/lengths.ts';
import { readReply, readReport } from './reply.ts';

test('what a box says of a failure is cut where it is read', () => {
  const failure = { ok: 0, cause: 'threw', message: '\u001B'.repeat(2 ** 23) };
  expect(() => readReply(failure)).toThrow(expect.objectContaining({ failureCause: 'threw', message: '\u001B'.repeat(longestMessage) }));
});

test('what a box says of its device is cut, and nothing but the fields of a device is taken', () => {
  const report = { name: 'wasm', kind: 'cpu', version: '', reason: 'x'.repeat(2 ** 20), more: 'y' };
  expect(readReport(report)).toEqual({ name: 'wasm', kind: 'cpu', usable: true, version: null, reason: 'x'.repeat(longestMessage) });
});

test.for([{ name: 'abacus' }, { kind: 'beads' }, { version: 1 }, { reason: 1 }])('a device with %o is none', (change) => {
  const report = { name: 'wasm', kind: 'cpu', version: '4.22.0', reason: 'is there', ...change };
  expect(() => readReport(report)).toThrow('the answer has not the form that was asked for');
});
