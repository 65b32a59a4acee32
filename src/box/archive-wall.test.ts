import { expect, test } from 'vitest';

import { makeTgz, makeZip } from '../../test/support/archives.ts';
import { unpackBehindWall } from './archive-wall.ts';
import { describeIsolation } from './isolation.ts';

const file = '07-doubling/doubling.ts';
const read = async (bytes: Buffer) =>
  unpackBehindWall(bytes, { wanted: [file], mostFileBytes: 256 * 1024 }, (await describeIsolation()).level);

test('an archive is read in a box, and its wanted files come back as they were', async () => {
  const text = 'é'.repeat(100_000);
  expect(await read(makeTgz([{ name: file, data: text }, { name: 'notes.txt' }]))).toEqual({
    contents: {
      entries: [
        { path: file, kind: 'file', bytes: Buffer.from(text).toString('base64') },
        { path: 'notes.txt', kind: 'file' },
      ],
      strays: [],
    },
  });
});

test('what the reader refuses is a sentence, and the next archive has a reader of its own', async () => {
  expect(await read(Buffer.from('hello'))).toEqual({ refused: 'is neither a zip nor a tar.gz; pack it as one of them' });
  expect(await read(makeZip([]))).toEqual({ contents: { entries: [], strays: [] } });
});

test('all that an archive may hold at once is taken', async () => {
  const parts = Array.from({ length: 16 }, (_, index) => ({ name: `a${index}/${file}`, data: Buffer.alloc(256 * 1024, index), method: 0 }));
  const reading = await read(makeZip(parts));
  expect('contents' in reading && reading.contents.entries.filter(({ bytes }) => bytes !== undefined)).toHaveLength(16);
});

test('as many long names as no honest archive has are refused, and the grader holds none of them', async () => {
  const parts = Array.from({ length: 15_000 }, (_, index) => ({ name: `${'x'.repeat(900)}${index}`, method: 0 }));
  expect(await read(makeZip(parts))).toEqual({ refused: 'holds more names than are taken; leave out what is no exercise' });
});
