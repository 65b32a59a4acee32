import { deflateRawSync, gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { makeTar, makeTgz, makeZip } from '../../test/support/archives.ts';
import type { ArchiveEntry } from '../wire/archive.ts';
import { ArchiveRefused, readArchive } from './read-archive.ts';

const file = '07-doubling/doubling.ts';
const wish = { wanted: [file], mostFileBytes: 256 * 1024 };
const read = (bytes: Buffer) => readArchive(bytes, wish);
const only = async (bytes: Buffer): Promise<ArchiveEntry | undefined> =>
  (await read(bytes)).entries.find(({ path }) => path.endsWith(file));
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('what is read', () => {
  const parts = [
    { name: 'a/', mode: 0o040755, type: 'Directory' as const },
    { name: `a/${file}`, data: 'export {};' },
    { name: 'a/notes.txt', data: 'x' },
    { name: 'a/node_modules/x/07-doubling/doubling.ts', data: 'x' },
    { name: 'a/.git/HEAD', data: 'x' },
    { name: `__MACOSX/a/${file}`, data: 'x' },
  ];
  test.for<[string, Buffer]>([
    ['a zip', makeZip(parts)],
    ['a zip whose files are stored', makeZip(parts.map((part) => ({ ...part, method: 0 })))],
    ['a tar', makeTar(parts)],
    ['a tar.gz', makeTgz(parts)],
    ['a zip of a system without modes', makeZip(parts.map(({ mode: _mode, ...part }) => ({ ...part, mode: 0 })))],
  ])('%s: names, and the bytes of wanted files alone', async ([, bytes]) => {
    expect(await read(bytes)).toEqual({
      entries: [
        { path: 'a', kind: 'folder' },
        { path: `a/${file}`, kind: 'file', bytes: base64('export {};') },
        { path: 'a/notes.txt', kind: 'file' },
      ],
      strays: [],
    });
  });

  test('sizes that stand behind the data, as the Finder of macOS writes them', async () => {
    expect(await only(makeZip([{ name: file, data: 'x', flags: 0x808 }]))).toMatchObject({ bytes: base64('x') });
  });

  test('a tar whose names are longer than its headers hold', async () => {
    const name = `${'folder/'.repeat(30)}${file}`;
    const long = makeTar([
      { name: '././@LongLink', type: 'NextFileHasLongPath', data: `${name}\0` },
      { name: 'x', data: 'y' },
    ]);
    expect(await only(long)).toMatchObject({ path: name, bytes: base64('y') });
  });

  test('nothing', async () => {
    expect(await read(makeZip([]))).toEqual({ entries: [], strays: [] });
    expect(await read(makeTar([]))).toEqual({ entries: [], strays: [] });
  });
});

describe('one entry is refused, the others are read', () => {
  const other = { name: '07-doubling/cell.ts', data: 'x' };
  const giant = 'x'.repeat(256 * 1024 + 1);
  test.for<[string, Buffer, Partial<ArchiveEntry> | undefined]>([
    ['a link in a zip', makeZip([{ name: file, data: '/etc/passwd', mode: 0o120777 }, other]), { kind: 'link' }],
    ['a link in a tar', makeTar([{ name: file, type: 'SymbolicLink', link: '/etc/passwd' }, other]), { kind: 'link' }],
    ['a hard link in a tar', makeTar([{ name: file, type: 'Link', link: '/etc/passwd' }, other]), { kind: 'link' }],
    ['a device', makeTar([{ name: file, type: 'CharacterDevice' }, other]), { kind: 'other' }],
    ['a pipe', makeTar([{ name: file, type: 'FIFO' }, other]), { kind: 'other' }],
    ['a device in a zip', makeZip([{ name: file, mode: 0o020666 }, other]), { kind: 'other' }],
    [
      'an encrypted file',
      makeZip([{ name: file, data: 'x', flags: 1 }, other]),
      { refused: 'it is encrypted; pack it without a password' },
    ],
    [
      'a file that stands twice',
      makeZip([{ name: file, data: 'x' }, { name: `./${file}`, data: 'y' }, other]),
      { refused: 'it stands twice in the archive' },
    ],
    [
      'a file that stands twice in a tar',
      makeTar([{ name: file, data: 'x' }, { name: file, data: 'y' }, other]),
      { refused: 'it stands twice in the archive' },
    ],
    ['a giant in a zip', makeZip([{ name: file, data: giant }, other]), { refused: 'it is larger than 256 KiB' }],
    ['a giant in a tar', makeTar([{ name: file, data: giant }, other]), { refused: 'it is larger than 256 KiB' }],
    [
      'a giant that says it is small',
      makeZip([{ name: file, data: giant, size: 5 }, other]),
      { refused: 'it unpacks to more than the archive says' },
    ],
    [
      'a stored giant that says it is small',
      makeZip([{ name: file, data: giant, method: 0, size: 5 }, other]),
      { refused: 'it is larger than 256 KiB' },
    ],
    [
      'a file shorter than it says',
      makeZip([{ name: file, data: 'x', size: 5 }, other]),
      { refused: 'it has another length than the archive says' },
    ],
    ['a wrong checksum', makeZip([{ name: file, data: 'x', crc: 1 }, other]), { refused: 'its checksum is wrong: the archive is damaged' }],
    [
      'another method',
      makeZip([{ name: file, data: 'x', method: 14 }, other]),
      { refused: 'it is packed by method 14; pack it as a usual zip' },
    ],
    [
      'damaged data',
      makeZip([{ name: file, packed: Buffer.from([7, 7, 7]), size: 3 }, other]),
      { refused: 'its data cannot be unpacked: the archive is damaged' },
    ],
    [
      'two names',
      makeZip([{ name: file, data: 'x', localName: '../../../etc/passwd' }, other]),
      { refused: 'its two headers in the archive contradict each other' },
    ],
    [
      'data at no place',
      makeZip([{ name: file, data: 'x', offset: 10 ** 9 }, other]),
      { refused: 'its data are not where the archive says' },
    ],
  ])('%s', async ([, bytes, expected]) => {
    const { entries } = await readArchive(bytes, { ...wish, wanted: [file, other.name] });
    const found = entries.find(({ path }) => path === file);
    expect(found).toMatchObject(expected ?? {});
    expect(found).not.toHaveProperty('bytes');
    expect(entries.find(({ path }) => path === other.name)).toEqual({ path: other.name, kind: 'file', bytes: base64('x') });
  });

  test.for<[string, string, string]>([
    ['climbs', `../${file}`, 'its name leads out of the archive'],
    ['climbs later', `a/../../${file}`, 'its name leads out of the archive'],
    ['is absolute', `/${file}`, 'its name is absolute'],
    ['has a drive', `C:/${file}`, 'its name is absolute'],
    ['has backslashes', '07-doubling\\doubling.ts', 'its name holds a backslash; pack it with another program'],
    ['is long', `${'x'.repeat(2000)}/${file}`, 'its name is longer than 1024 bytes'],
    ['is deep', `${'x/'.repeat(40)}${file}`, 'it lies more than 32 folders deep'],
    ['holds a zero byte', `a\0/${file}`, 'its name holds a zero byte'],
  ])('whose name %s', async ([, name, why]) => {
    const { entries, strays } = await read(
      makeZip([
        { name, data: 'x' },
        { name: file, data: 'y' },
      ]),
    );
    expect(entries).toEqual([{ path: file, kind: 'file', bytes: base64('y') }]);
    expect(strays).toEqual([expect.stringContaining(`: ${why}`)]);
    expect(strays.join('').length).toBeLessThan(200);
  });

  test('many such names make one short list', async () => {
    const parts = Array.from({ length: 1000 }, (_, index) => ({ name: `../${index}` }));
    expect((await read(makeZip(parts))).strays).toHaveLength(6);
  });

  test('all files that are wanted are held up to a limit', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `a${index}/${file}`);
    const { entries } = await read(
      makeZip(names.map((name) => ({ name, data: Buffer.alloc(256 * 1024, 'abcdefgh'.repeat(7)), method: 0 }))),
    );
    expect(entries.filter(({ bytes }) => bytes !== undefined)).toHaveLength(16);
    expect(entries.at(-1)?.refused).toBe("the exercises' files of the archive are larger than 4 MiB together");
  });
});

describe('an archive is refused as a whole', () => {
  const zeros = Buffer.alloc(60 << 20);
  test.for<[string, () => Buffer, RegExp]>([
    ['a bomb in a zip', () => makeZip([{ name: 'x', packed: deflateRawSync(zeros), size: zeros.length }]), /more than 200 times its size/],
    [
      'a bomb that is larger than may be',
      () => makeZip([{ name: 'x', packed: Buffer.alloc(10), size: 2 ** 31 }]),
      /unpacks to more than 64 MiB/,
    ],
    ['a bomb in a tar.gz', () => gzipSync(makeTar([{ name: 'x', data: zeros }])), /more than 200 times its size/],
    ['a gzip without end', () => gzipSync(Buffer.alloc(100 << 20)), /unpacks to more than 64 MiB/],
    [
      'too many entries',
      () => makeZip(Array.from({ length: 20_001 }, (_, index) => ({ name: `${index}`, method: 0 }))),
      /more than 20,000 entries/,
    ],
    [
      'too many entries in a tar',
      () => makeTar(Array.from({ length: 20_001 }, (_, index) => ({ name: `${index}` }))),
      /more than 20,000 entries/,
    ],
    ['a gzip in a gzip', () => gzipSync(makeTgz([{ name: file }])), /holds another archive/],
    ['a zip in a gzip', () => gzipSync(makeZip([{ name: file }])), /holds another archive/],
    ['a zip that is cut', () => makeZip([{ name: file, data: 'x' }]).subarray(0, 60), /is no whole zip/],
    ['a tar that is cut', () => makeTar([{ name: file, data: 'x'.repeat(2000) }]).subarray(0, 1024), /is no whole tar/],
    ['a gzip that is cut', () => makeTgz([{ name: file, data: 'x' }]).subarray(0, 60), /is no whole gzip/],
    ['a tar with a header of a wrong sum in it', () => damage(makeTar([{ name: 'x' }, { name: file }]), 512), /is no whole tar/],
    [
      'a name of megabytes',
      () => makeTar([{ name: '././@LongLink', type: 'NextFileHasLongPath', data: 'x'.repeat(3 << 20) }]),
      /name or header of 3145728 bytes/,
    ],
    ['text', () => Buffer.from('hello'), /is neither a zip nor a tar.gz/],
    ['nothing', () => Buffer.alloc(0), /is neither a zip nor a tar.gz/],
  ])('%s', async ([, make, words]) => {
    const reading = read(make());
    await expect(reading).rejects.toThrow(ArchiveRefused);
    await expect(reading).rejects.toThrow(words);
  });
});

function damage(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  return bytes;
}
