import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { Digest } from './wheel-record.ts';

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
