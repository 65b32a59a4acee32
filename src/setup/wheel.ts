import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createInflateRaw } from 'node:zlib';

import { type Entry, openPromise, type ZipFile } from 'yauzl';

import { messageOf, UserError } from '../errors.ts';
import { saveStream } from './wheel-record.ts';
import type { FileTree } from './tree.ts';

const deflated = 8; // the method's number in the zip format
const chunkSize = 1 << 20; // bytes: with zlib's default of 16 KiB the 788 MB take twice as long

/** A wheel is a zip; a download cut short lacks the directory at its end and is refused here. */
export async function openWheel(path: string): Promise<FileTree> {
  const { zip, entries } = await readDirectory(path);
  const entryOf = (name: string): Entry => {
    const entry = entries.get(name);
    if (entry) return entry;
    throw new UserError(`${basename(path)} holds no ${name}: name a wheel of TensorFlow for Linux.`);
  };
  return {
    label: basename(path),
    has: (name) => entries.has(name),
    read: async (name) => buffer(await zip.openReadStreamPromise(entryOf(name))),
    async copy(name, target) {
      await mkdir(dirname(target), { recursive: true });
      const entry = entryOf(name);
      const stored = await zip.openReadStreamPromise(entry, { decodeFileData: false });
      return saveStream(entry.compressionMethod === deflated ? stored.pipe(createInflateRaw({ chunkSize })) : stored, target);
    },
    distInfos: async () => [
      ...new Set([...entries.keys()].map((name) => name.split('/', 1)[0] ?? '').filter((name) => name.endsWith('.dist-info'))),
    ],
    close: () => zip.close(),
  };
}

async function readDirectory(path: string): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  try {
    const zip = await openPromise(path, { autoClose: false, lazyEntries: true });
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    return { zip, entries };
  } catch (error) {
    throw new UserError(`${basename(path)} is not a whole wheel (${messageOf(error)}): download it again.`, { cause: error });
  }
}
