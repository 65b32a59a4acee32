import { array, assert, constantFrom, letrec, nat, oneof, property, record, string, tuple, uint8Array, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';

import { answerLimits, decodeFrame, encodeFrame, FrameReader, WireError } from '../../src/wire/frame.ts';
import { HostTensor } from '../../src/wire/tensor.ts';
import { readReply } from '../../src/wire/reply.ts';
import { SubjectFailure } from '../../src/wire/subject.ts';
import { fuzzing } from '../support/fuzz.ts';

const keptMost = 64 * 2 ** 20; // bytes that the grader may grow by, whatever a box sends

/** Headers that nearly are ones: the kinds with parts of the wrong kind, number and depth. */
const { header } = letrec<{ header: unknown }>((tie) => ({
  header: oneof(
    { maxDepth: 12, withCrossShrink: true },
    constantFrom<unknown>(
      ['n', '1'],
      ['n', 'NaN'],
      ['s', ''],
      ['u', 4],
      ['u', -1],
      ['t', 'float32', [1], 4],
      ['t', 'bool', [2 ** 31, 2 ** 31], 0],
      null,
      1,
      'n',
    ),
    tuple(constantFrom('n', 's', 'u', 't', 'a', 'o', '__proto__'), tie('header')),
    array(tie('header'), { maxLength: 4 }).map((parts) => ['a', parts]),
    array(tuple(oneof(string(), constantFrom('__proto__', 'constructor', 'ok', 'value', 'id')), tie('header')), { maxLength: 4 }).map(
      (parts) => ['o', parts],
    ),
    record({
      dtype: constantFrom('float32', 'int32', 'bool', 'string'),
      shape: array(oneof(nat(5), constantFrom(-1, 0.5, 2 ** 53, '1')), { maxLength: 5 }),
      bytes: nat(64),
    }).map(({ dtype, shape, bytes }) => ['t', dtype, shape, bytes]),
  ),
}));

const lengths = oneof(
  nat(64),
  constantFrom(
    0,
    3,
    4,
    answerLimits.headerBytes,
    answerLimits.headerBytes + 1,
    answerLimits.frameBytes,
    answerLimits.frameBytes + 1,
    2 ** 32 - 1,
  ),
);
const prefixed = (total: number, headerLength: number, rest: Uint8Array) =>
  Buffer.concat([Buffer.from(Uint32Array.of(total, headerLength).buffer), rest]);

const frames: Arbitrary<Buffer> = oneof(
  tuple(header, uint8Array({ maxLength: 64 })).map(([text, bytes]) => {
    const coded = Buffer.from(JSON.stringify(text));
    return prefixed(4 + coded.byteLength + bytes.byteLength, coded.byteLength, Buffer.concat([coded, bytes]));
  }),
  tuple(lengths, lengths, uint8Array({ maxLength: 64 })).map(([total, headerLength, rest]) => prefixed(total, headerLength, rest)),
  constantFrom('[', '{"a":', '[[', '""', '1e999').map((piece) => {
    const text = Buffer.from(piece.repeat(Math.floor(60_000 / piece.length)));
    return prefixed(4 + text.byteLength, text.byteLength, text);
  }),
  constantFrom(...encodeFrame({ id: 1, ok: 1, value: { y: new HostTensor([2], 'float32', Float32Array.of(1, 2)) } })).map((part) =>
    Buffer.from(part),
  ),
);

/** What the grader does with what a box sends: it ends in messages or in an error of the two kinds that cost the learner's check. */
function read(chunks: readonly Uint8Array[]): void {
  const reader = new FrameReader(answerLimits);
  try {
    for (const chunk of chunks) for (const body of reader.push(chunk)) readReply(decodeFrame(body));
  } catch (thrown) {
    if (!(thrown instanceof WireError) && !(thrown instanceof SubjectFailure)) throw thrown;
  }
}

test('whatever bytes a box sends, the grader reads messages or refuses them, and holds little', { timeout: 120_000 }, () => {
  const { seed, numRuns } = fuzzing('frames');
  const sent = tuple(array(frames, { maxLength: 5 }), nat(200)).map(([parts, size]) => cut(Buffer.concat(parts), size + 1));
  const before = process.memoryUsage().rss;
  let longestMs = 0;
  assert(
    property(sent, (chunks) => {
      const start = performance.now();
      read(chunks);
      longestMs = Math.max(longestMs, performance.now() - start);
    }),
    { seed, numRuns },
  );
  expect(longestMs).toBeLessThan(2000);
  expect(process.memoryUsage().rss - before).toBeLessThan(4 * keptMost); // the generator's own included
});

function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}
