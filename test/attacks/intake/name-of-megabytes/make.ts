import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeTar } from '../../../support/archives.ts';
import { honestText, type Place } from '../../making.ts';

export default ({ folder }: Place) =>
  writeFileSync(
    join(folder, 'work.tar'),
    makeTar([
      { name: '././@LongLink', type: 'NextFileHasLongPath', data: 'x'.repeat(8_000_000) },
      { name: 'exercises/02-elman-sequence/elman-sequence.ts', data: honestText },
    ]),
  );
