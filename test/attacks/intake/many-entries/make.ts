import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeZip } from '../../../support/archives.ts';
import { honestText, type Place } from '../../making.ts';

export default ({ folder }: Place) => {
  const parts = Array.from({ length: 30_000 }, (_, index) => ({ name: `${index}.ts`, method: 0 }));
  writeFileSync(join(folder, 'work.zip'), makeZip([{ name: 'exercises/02-elman-sequence/elman-sequence.ts', data: honestText }, ...parts]));
};
