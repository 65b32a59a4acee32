import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Size in bytes and sha256 (base64url, as wheels write it) of one file. */
export interface Digest {
  readonly size: number;
  readonly sha256: string;
}

/** Reads a wheel's RECORD: one line a file, `path,sha256=...,size`. Paths with a comma are quoted; lines without a hash (RECORD itself) are left out. */
export function parseRecord(text: string): Map<string, Digest> {
  const digests = new Map<string, Digest>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^(?:"([^"]+)"|([^",]+)),sha256=([\w-]+),(\d+)$/.exec(line);
    const path = match?.[1] ?? match?.[2];
    if (path && match?.[3] && match[4]) digests.set(path, { sha256: match[3], size: Number(match[4]) });
  }
  return digests;
}

const chunk = 1 << 20; // bytes: 1 MiB reads hash at full speed, the default 64 KiB do not

/** Size and sha256 of a file as it lies on the disk. */
export async function digestFile(path: string): Promise<Digest> {
  return digestStream(createReadStream(path, { highWaterMark: chunk }), new PassThrough({ highWaterMark: chunk }).resume());
}

/** Writes a stream to a file and digests it on the way. */
export async function saveStream(from: Readable, target: string): Promise<Digest> {
  return digestStream(from, createWriteStream(target, { highWaterMark: chunk }));
}

async function digestStream(from: Readable, to: NodeJS.WritableStream): Promise<Digest> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const bytes of source) {
      hash.update(bytes);
      size += bytes.length;
      yield bytes;
    }
  };
  await pipeline(from, measure, to);
  return { size, sha256: hash.digest('base64url') };
}
