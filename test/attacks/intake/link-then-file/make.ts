import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeTar } from '../../../support/archives.ts';
import type { Place } from '../../making.ts';

export default ({ folder, bait }: Place) =>
  writeFileSync(
    join(folder, 'work.tar'),
    makeTar([
      { name: 'exercises/02-elman-sequence', type: 'SymbolicLink', link: join(bait.kitRoot, 'solutions/02-elman-sequence') },
      { name: 'exercises/02-elman-sequence/elman-sequence.ts', data: 'export {};' },
    ]),
  );
