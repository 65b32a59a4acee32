import { gunzipSync } from 'node:zlib';

import { Parser, type ReadEntry } from 'tar';

import { messageOf } from '../errors.ts';
import { archiveLimits, type ArchiveEntry } from '../wire/archive.ts';
import { ArchiveRefused, refuseBomb, type ArchiveEntries } from './archive-entries.ts';

const mostMetaBytes = 64 * 1024; // of a long name or of extended headers, which are held whole
const chunkBytes = 64 * 1024; // given to the parser at once

/** Unpacks gzip, within the limit of what an archive may hold. */
export function gunzip(bytes: Buffer): Buffer {
  try {
    const unpacked = gunzipSync(bytes, { maxOutputLength: archiveLimits.unpackedBytes });
    refuseBomb(bytes.length, unpacked.length);
    return unpacked;
  } catch (error) {
    if (error instanceof ArchiveRefused) throw error;
    if (error instanceof RangeError) refuseBomb(bytes.length, Infinity);
    throw new ArchiveRefused(`is no whole gzip (${messageOf(error).slice(0, 200)}); pack it again`);
  }
}

/** Reads a tar in order. Bytes are kept of wanted files alone. */
export async function readTar(bytes: Buffer, entries: ArchiveEntries): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (why: unknown) => reject(why instanceof ArchiveRefused ? why : notWhole(messageOf(why)));
    const parser = new Parser({
      maxMetaEntrySize: mostMetaBytes,
      onReadEntry: (entry) => gather(entry, entries, refuse),
      onwarn: (_code, message) => refuse(message),
    });
    parser.on('ignoredEntry', ({ size, meta }: ReadEntry) => {
      if (meta) refuse(new ArchiveRefused(`has a name or header of ${size} bytes, as no honest work does`));
    });
    parser.on('error', refuse);
    parser.on('end', resolve);
    try {
      for (let at = 0; at < bytes.length; at += chunkBytes) parser.write(bytes.subarray(at, at + chunkBytes));
      parser.end();
    } catch (error) {
      refuse(error);
    }
  });
}

function gather(entry: ReadEntry, entries: ArchiveEntries, refuse: (why: unknown) => void): void {
  const chunks: Buffer[] = [];
  entry.on('data', (chunk: Buffer) => {
    if (entry.size <= entries.mostFileBytes) chunks.push(chunk); // whether it is wanted is known when it has ended
  });
  entry.on('end', () => {
    try {
      entries.add(entry.path, kindOf(entry), entry.size, () => Buffer.concat(chunks));
    } catch (error) {
      refuse(error);
    }
  });
}

const kinds: Readonly<Record<string, ArchiveEntry['kind']>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
  GNUDumpDir: 'folder',
  Link: 'link',
  SymbolicLink: 'link',
};

const kindOf = ({ type }: ReadEntry) => kinds[type] ?? 'other';

const notWhole = (why: string) => new ArchiveRefused(`is no whole tar (${why.slice(0, 200)}); pack it again`);
