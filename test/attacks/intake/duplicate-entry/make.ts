import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeZip } from '../../../support/archives.ts';
import { honestText, type Place } from '../../making.ts';

const name = 'exercises/02-elman-sequence/elman-sequence.ts';

export default ({ folder }: Place) =>
  writeFileSync(
    join(folder, 'work.zip'),
    makeZip([
      { name, data: honestText },
      { name, data: 'throw new Error();' },
    ]),
  );
