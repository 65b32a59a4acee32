import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

import { makeTar, makeTgz, makeZip } from '../../../support/archives.ts';
import { handInStudents, honestText, type Place } from '../../making.ts';

const name = 'exercises/02-elman-sequence/elman-sequence.ts';
const bytes = 40 << 20;

export default ({ folder, bait }: Place) => {
  handInStudents(folder, []);
  const archives: Record<string, Buffer> = {
    'bomb.zip': makeZip([{ name, packed: deflateRawSync(Buffer.alloc(bytes)), size: bytes }]),
    'link.tar': makeTar([{ name, type: 'SymbolicLink', link: bait.secretFile }]),
    'noise.zip': Buffer.alloc(1000, 7),
    'slip.tar.gz': makeTgz([{ name: '../../unroll-attack-slip', data: 'x' }]),
    'twice_1_2_a.zip': makeZip([{ name, data: honestText }]),
    'honest-work.zip': makeZip([{ name, data: readFileSync(join(bait.kitRoot, 'solutions/02-elman-sequence/elman-sequence.ts')) }]),
  };
  for (const [file, archive] of Object.entries(archives)) writeFileSync(join(folder, file), archive);
};
