import { describe, expect, test } from 'vitest';

import { HostTensor } from './tensor.ts';
import { decodeFrame, encodeFrame, FrameReader, WireError, type FrameLimits, type Message } from './frame.ts';

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
    ['a long text', 'Zürich \u0000 "\\'.repeat(1000)],
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
    ['millions of rows of nothing', body(['t', 'float32', [20_000_000, 0], 0])],
    ['more axes than there are', body(['t', 'bool', [1, 1, 1, 1, 1, 1, 1, 1, 1], 1], new Uint8Array(1))],
    ['a shape that is no list', body(['t', 'bool', 4, 4], four)],
    ['a long text of more bytes than there are', body(['u', 5], four)],
    ['a long text of less than nothing', body(['u', -4], four)],
    ['a long text of half a byte', body(['u', 3.5], four)],
    ['a long text whose length is text', body(['u', '4'], four)],
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

const limits: FrameLimits = { frameBytes: 2 ** 20, headerBytes: 2 ** 10 };

describe('a stream is cut into frames', () => {
  const messages: Message[] = ['one', { two: x }, 'long '.repeat(1000), 3];
  const stream = Buffer.concat(messages.map(frame));
  const readAll = (reader: FrameReader, chunk: Uint8Array) => [...reader.push(chunk)].map(decodeFrame);

  test.for([1, 2, 3, 5, 7, 64, 100_000])('in chunks of %d bytes', (size) => {
    const reader = new FrameReader(limits);
    const read: Message[] = [];
    for (let at = 0; at < stream.byteLength; at += size) read.push(...readAll(reader, stream.subarray(at, at + size)));
    expect(read).toStrictEqual(messages);
  });

  test('an unfinished frame gives nothing yet', () => {
    const reader = new FrameReader(limits);
    expect(readAll(reader, frame('one').subarray(0, -1))).toEqual([]);
    expect(readAll(reader, frame('one').subarray(-1))).toEqual(['one']);
  });

  test('a frame that is read is given before the next is looked at', () => {
    const bodies = new FrameReader(limits).push(Buffer.concat([frame('one'), Buffer.alloc(8)]));
    expect(decodeFrame(bodies.next().value as Uint8Array)).toBe('one');
    expect(() => bodies.next()).toThrow(WireError);
  });
});

describe('what is above the limits is refused at its first eight bytes, and nothing is kept for it', () => {
  const prefix = (length: number, header: number) => Buffer.from(Uint32Array.of(length, header).buffer);
  test.for<[string, Buffer, string]>([
    ['a frame', prefix(limits.frameBytes + 1, 8), 'frame above the cap'],
    ['the largest number', prefix(2 ** 32 - 1, 8), 'frame above the cap'],
    ['a header', prefix(limits.frameBytes, limits.headerBytes + 1), 'header above the cap'],
    ['less than a header', prefix(3, 0), 'frame too short'],
  ])('%s', ([, bytes, words]) => {
    expect(() => [...new FrameReader(limits).push(bytes)]).toThrow(words);
    expect([...new FrameReader(limits).push(prefix(limits.frameBytes, limits.headerBytes))]).toEqual([]);
  });
});

test('a long text travels beside the header, so that a short header is enough', () => {
  const header = (message: Message) => Buffer.from(encodeFrame(message)[0] as Uint8Array).readUInt32LE(4);
  expect(header({ code: 'ü'.repeat(100_000) })).toBeLessThan(64);
  expect(header({ code: 'ü'.repeat(100) })).toBeGreaterThan(200);
});

test('a tensor shares the memory of its frame where it is most of it, and keeps no more than itself otherwise', () => {
  const large = new HostTensor([100], 'float32', new Float32Array(100));
  const bytes = new Uint8Array(frame({ x, large }).subarray(4)); // as a reader holds it: at the beginning of its memory
  const read = decodeFrame(bytes) as { x: HostTensor; large: HostTensor };
  expect(read.large.data.buffer).toBe(bytes.buffer);
  expect(read.x.data.buffer.byteLength).toBe(8);
});
