import { describe, expect, test } from 'vitest';

import { HostTensor, isBranch, sizeOf } from './tensor.ts';

test.for([
  [[], 1],
  [[3], 3],
  [[2, 3, 4], 24],
  [[2, 0], 0],
] as const)('a tensor of shape %j has %d elements', ([shape, size]) => {
  expect(sizeOf(shape)).toBe(size);
});

describe('a tensor on the host', () => {
  test('has as many numbers as its shape says, no more and no less', () => {
    expect(() => new HostTensor([2, 2], 'float32', new Float32Array(3))).toThrow('a tensor of shape [2, 2] has 4 elements, not 3');
    expect(() => new HostTensor([], 'int32', new Int32Array(2))).toThrow(RangeError);
  });

  test.for([
    ['float32', Float32Array.of(1.5, -2)],
    ['int32', Int32Array.of(7, -8)],
    ['bool', Uint8Array.of(1, 0)],
  ] as const)('%s is read from bytes at any alignment', ([dtype, data]) => {
    for (const offset of [0, 1, 3]) {
      const bytes = new Uint8Array(offset + data.byteLength);
      bytes.set(new Uint8Array(data.buffer), offset);
      expect(HostTensor.fromBytes([2], dtype, bytes.subarray(offset))).toEqual(new HostTensor([2], dtype, data));
    }
  });
});

test('only an object of named parts is a branch', () => {
  const tensor = new HostTensor([], 'bool', Uint8Array.of(1));
  expect([{}, { tensor }, tensor, [tensor], 1].map((tree) => isBranch(tree))).toEqual([true, true, false, false, false]);
});
