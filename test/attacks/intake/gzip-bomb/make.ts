import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import type { Place } from '../../making.ts';

export default async ({ folder }: Place) => {
  const megabyte = Buffer.alloc(1 << 20);
  await pipeline(Readable.from(Array.from({ length: 1024 }, () => megabyte)), createGzip(), createWriteStream(join(folder, 'work.tgz')));
};
