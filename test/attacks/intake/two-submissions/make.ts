import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeZip } from '../../../support/archives.ts';
import { honestText, type Place } from '../../making.ts';

export default ({ folder }: Place) => {
  for (const [name, data] of [
    ['a.zip', honestText],
    ['b.zip', 'throw new Error();'],
  ] as const)
    writeFileSync(join(folder, name), makeZip([{ name: 'exercises/02-elman-sequence/elman-sequence.ts', data }]));
};
