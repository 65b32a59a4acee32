import { crc32, inflateRawSync } from 'node:zlib';

import { fromBuffer, type Entry, type LocalFileHeader, type ZipFile } from 'yauzl';

import { messageOf } from '../errors.ts';
import { archiveLimits, type ArchiveEntry } from '../wire/archive.ts';
import { ArchiveRefused, refuseBomb, type ArchiveEntries } from './archive-entries.ts';

const [stored, deflated] = [0, 8]; // numbers of the methods
const [fileTypes, folderType, fileType, linkType] = [0o170000, 0o040000, 0o100000, 0o120000]; // of a Unix mode
const unix = 3; // the system, in the upper byte of "version made by"

/** Reads a zip by its directory. What an entry's own header says differently is a reason to refuse the entry. */
export async function readZip(bytes: Buffer, entries: ArchiveEntries): Promise<void> {
  const zip = await openZip(bytes);
  if (zip.entryCount > archiveLimits.entries)
    throw new ArchiveRefused(`holds more than ${archiveLimits.entries.toLocaleString('en')} entries`);
  const listed = await listEntries(zip);
  refuseBomb(
    bytes.length,
    listed.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0),
  );
  for (const entry of listed) {
    const header = await headerOf(zip, entry);
    entries.add(nameOf(entry.fileNameRaw), kindOf(entry), entry.uncompressedSize, (most) => unpackEntry(bytes, entry, header, most));
  }
}

function openZip(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, decodeStrings: false, validateEntrySizes: false }, (error, zip) =>
      error === null ? resolve(zip) : reject(notWhole(error)),
    );
  });
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return entries;
  } catch (error) {
    throw notWhole(error);
  }
}

/** The entry's own header, which stands before its data; undefined where there is none at that place. */
async function headerOf(zip: ZipFile, entry: Entry): Promise<LocalFileHeader | undefined> {
  try {
    return await zip.readLocalFileHeaderPromise(entry);
  } catch {
    return undefined; // told of the one file, if it is wanted
  }
}

function unpackEntry(bytes: Buffer, entry: Entry, header: LocalFileHeader | undefined, most: number): Uint8Array {
  if (entry.isEncrypted()) throw new ArchiveRefused('it is encrypted; pack it without a password');
  if (header === undefined) throw new ArchiveRefused('its data are not where the archive says');
  if (!header.fileName.equals(entry.fileNameRaw) || header.compressionMethod !== entry.compressionMethod)
    throw new ArchiveRefused('its two headers in the archive contradict each other');
  const end = header.fileDataStart + entry.compressedSize;
  if (end > bytes.length) throw new ArchiveRefused('its data are not where the archive says');
  const unpacked = inflate(bytes.subarray(header.fileDataStart, end), entry, most);
  if (crc32(unpacked) !== entry.crc32) throw new ArchiveRefused('its checksum is wrong: the archive is damaged');
  return unpacked;
}

function inflate(packed: Buffer, { compressionMethod, uncompressedSize }: Entry, most: number): Uint8Array {
  if (compressionMethod === stored) return packed.subarray(0, most + 1);
  if (compressionMethod !== deflated) throw new ArchiveRefused(`it is packed by method ${compressionMethod}; pack it as a usual zip`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, Math.min(most, uncompressedSize)) });
  } catch (error) {
    throw new ArchiveRefused(
      error instanceof RangeError ? 'it unpacks to more than the archive says' : 'its data cannot be unpacked: the archive is damaged',
    );
  }
}

/** A name that ends with a slash is a folder; else the mode says what it is, where a Unix has written it. */
function kindOf({ fileNameRaw, versionMadeBy, externalFileAttributes }: Entry): ArchiveEntry['kind'] {
  const type = versionMadeBy >>> 8 === unix ? (externalFileAttributes >>> 16) & fileTypes : 0;
  if (type === linkType) return 'link';
  if (type === folderType || fileNameRaw.at(-1) === '/'.charCodeAt(0)) return 'folder';
  return type === 0 || type === fileType ? 'file' : 'other';
}

/** Exercises' names are plain letters; any other is only shown. */
function nameOf(raw: Buffer): string {
  try {
    return strict.decode(raw);
  } catch {
    return raw.toString('latin1');
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const notWhole = (error: unknown) => new ArchiveRefused(`is no whole zip (${messageOf(error).slice(0, 200)}); pack it again`);
