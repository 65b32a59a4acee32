import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeTar } from '../../../support/archives.ts';
import type { Place } from '../../making.ts';

export default ({ folder }: Place) =>
  writeFileSync(
    join(folder, 'work.tar'),
    makeTar([
      { name: 'exercises/02-elman-sequence/elman-sequence.ts', type: 'CharacterDevice' },
      { name: 'exercises/02-elman-sequence/pipe', type: 'FIFO' },
    ]),
  );
