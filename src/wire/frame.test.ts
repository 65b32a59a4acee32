import { describe, expect, test } from 'vitest';

import { HostTensor } from './tensor.ts';
import { decodeFrame, encodeFrame, FrameReader, maxFrameBytes, WireError, type Message } from './frame.ts';

const x = new HostTensor([2, 1], 'float32', Float32Array.of(1.5, NaN));
const frame = (message: Message) => Buffer.concat(encodeFrame(message));

/** The body of a frame with this header and these bytes, as a forger would write it. */
function body(header: unknown, bytes: Uint8Array = new Uint8Array(), claimed?: number): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(claimed ?? text.byteLength);
  return Buffer.concat([length, text, bytes]);
}

describe('a message comes back as it was', () => {
  test.for<[string, Message]>([
    ['a number', 0.1],
    ['the smallest number', 5e-324],
    ['minus zero', -0],
    ['NaN', NaN],
    ['infinity', -Infinity],
    ['text', 'Zürich \u0000 "\\'],
    ['float32', x],
    ['int32', new HostTensor([1], 'int32', Int32Array.of(-5))],
    ['bool', new HostTensor([3], 'bool', Uint8Array.of(1, 0, 1))],
    ['a scalar', new HostTensor([], 'float32', Float32Array.of(3))],
    ['a tensor without elements', new HostTensor([0, 4], 'float32', new Float32Array())],
    ['a window on a larger array', new HostTensor([1], 'float32', new Float32Array([1, 2, 3]).subarray(1, 2))],
    ['a tree', { id: 3, value: { h: x, cache: [x, [1, {}]] } }],
    ['nothing in it', []],
  ])('%s', ([, message]) => {
    expect(decodeFrame(frame(message).subarray(4))).toStrictEqual(message);
  });
});

test('a name like __proto__ stays a name and changes no prototype', () => {
  const decoded = decodeFrame(body(['o', [['__proto__', ['o', [['polluted', ['n', '1']]]]]]])) as Record<string, unknown>;
  expect(Object.keys(decoded)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
  expect(decoded['polluted']).toBeUndefined();
});

describe('a forged or broken frame is refused', () => {
  const deep = (levels: number): unknown => (levels === 0 ? ['n', '1'] : ['a', [deep(levels - 1)]]);
  const four = new Uint8Array(4);
  test.for<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['three bytes', Buffer.alloc(3)],
    ['a header longer than its frame', body(['n', '1'], four, 100)],
    ['a header that is no JSON', body('{')],
    ['a header of JSON that is no message', body({ n: '1' })],
    ['an unknown kind', body(['f', '() => 1'])],
    ['a number that is not text', body(['n', 1])],
    ['bytes left over', body(['n', '1'], four)],
    ['too deep a tree', body(deep(10))],
    ['a list that is none', body(['a', 'abc'])],
    ['a part without a name', body(['o', [[1, ['n', '1']]]])],
    ['parts that are no pairs', body(['o', ['ab']])],
    ['an unknown type', body(['t', 'float64', [1], 8], new Uint8Array(8))],
    ['an inherited type', body(['t', 'constructor', [1], 4], four)],
    ['fewer bytes than the shape', body(['t', 'float32', [2], 8], four)],
    ['bytes that disagree with the shape', body(['t', 'float32', [2], 4], four)],
    ['a negative length', body(['t', 'float32', [-1, -1], 4], four)],
    ['half a length', body(['t', 'bool', [0.5, 8], 4], four)],
    ['a length that is text', body(['t', 'bool', ['4'], 4], four)],
    ['a shape beyond counting', body(['t', 'bool', [2 ** 31, 2 ** 31], 4], four)],
    ['a shape that is no list', body(['t', 'bool', 4, 4], four)],
  ])('%s', ([, bytes]) => {
    expect(() => decodeFrame(bytes)).toThrow(WireError);
  });

  test('every truncation of a good one', () => {
    const whole = frame({ id: 1, value: [x, 'text'] }).subarray(4);
    for (let length = 0; length < whole.byteLength; length++) expect(() => decodeFrame(whole.subarray(0, length))).toThrow(WireError);
  });

  test('as deep a tree as may be is taken', () => {
    expect(decodeFrame(body(deep(8)))).toEqual([[[[[[[[1]]]]]]]]);
  });
});

describe('a stream is cut into frames', () => {
  const messages: Message[] = ['one', { two: x }, 3];
  const stream = Buffer.concat(messages.map(frame));

  test.for([1, 2, 3, 5, 7, 64, 100_000])('in chunks of %d bytes', (size) => {
    const reader = new FrameReader();
    const read: Message[] = [];
    for (let at = 0; at < stream.byteLength; at += size) read.push(...reader.push(stream.subarray(at, at + size)).map(decodeFrame));
    expect(read).toStrictEqual(messages);
  });

  test('an unfinished frame gives nothing yet', () => {
    const reader = new FrameReader();
    expect(reader.push(frame('one').subarray(0, -1))).toEqual([]);
    expect(reader.push(frame('one').subarray(-1)).map(decodeFrame)).toEqual(['one']);
  });

  test('a length above the cap is refused before anything is kept for it', () => {
    const giant = Buffer.alloc(4);
    giant.writeUInt32LE(maxFrameBytes + 1);
    expect(() => new FrameReader().push(giant)).toThrow(WireError);
    giant.writeUInt32LE(maxFrameBytes);
    expect(new FrameReader().push(giant)).toEqual([]);
  });
});
