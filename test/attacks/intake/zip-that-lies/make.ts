import { deflateRawSync } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeZip } from '../../../support/archives.ts';
import type { Place } from '../../making.ts';

export default ({ folder }: Place) => {
  const packed = deflateRawSync(Buffer.alloc(40 << 20));
  writeFileSync(join(folder, 'work.zip'), makeZip([{ name: 'exercises/02-elman-sequence/elman-sequence.ts', packed, size: 10 }]));
};
