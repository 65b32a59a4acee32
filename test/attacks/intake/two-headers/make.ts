import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeZip } from '../../../support/archives.ts';
import { honestText, type Place } from '../../making.ts';

export default ({ folder }: Place) =>
  writeFileSync(
    join(folder, 'work.zip'),
    makeZip([{ name: 'exercises/02-elman-sequence/elman-sequence.ts', localName: '../../unroll-attack-slip', data: honestText }]),
  );
