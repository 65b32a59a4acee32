import type { ArchiveContents, ArchiveWish } from '../wire/archive.ts';
import { ArchiveEntries, ArchiveRefused } from './archive-entries.ts';
import { gunzip, readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';

export { ArchiveRefused } from './archive-entries.ts';

/** Reads a zip, tar or tar.gz, which its first bytes tell apart, whatever it is called. Throws `ArchiveRefused` where it is not read at all. */
export async function readArchive(bytes: Buffer, wish: ArchiveWish): Promise<ArchiveContents> {
  const entries = new ArchiveEntries(wish);
  if (isZip(bytes)) await readZip(bytes, entries);
  else {
    const tar = plainTar(isGzip(bytes) ? gunzip(bytes) : bytes);
    if (!isEmpty(tar)) await readTar(tar, entries);
  }
  return entries.contents;
}

const starts = (bytes: Buffer, ...mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte);
const isZip = (bytes: Buffer) => starts(bytes, 0x50, 0x4b, 3, 4) || starts(bytes, 0x50, 0x4b, 5, 6); // the second has no entries
const isGzip = (bytes: Buffer) => starts(bytes, 0x1f, 0x8b);

/** A tar ends with two blocks of zeros; the parser takes one that begins so for none. */
const isEmpty = (tar: Buffer) => tar.subarray(0, 2 * blockBytes).every((byte) => byte === 0);

const blockBytes = 512; // of a tar's header
const [sumStart, sumEnd] = [148, 156]; // its checksum, which is taken as if it were blanks

/** The parser would unpack what is packed once more, and take anything for a damaged tar. */
function plainTar(bytes: Buffer): Buffer {
  if (isGzip(bytes) || isZip(bytes)) throw new ArchiveRefused('holds another archive in the place of files; pack the files themselves');
  const header = bytes.subarray(0, blockBytes);
  const sum = header.reduce((total, byte, at) => total + (at >= sumStart && at < sumEnd ? 32 : byte), 0);
  const told = Number.parseInt(header.toString('latin1', sumStart, sumEnd).trim(), 8);
  if (header.length < blockBytes || (told !== sum && header.some((byte) => byte !== 0)))
    throw new ArchiveRefused('is neither a zip nor a tar.gz; pack it as one of them');
  return bytes;
}
