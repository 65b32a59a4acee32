import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeZip } from '../../../support/archives.ts';
import { honestText, type Place } from '../../making.ts';

const name = 'exercises/02-elman-sequence/elman-sequence.ts';
/** What Moodle puts before the name of a file that a participant hands in. */
const handedInBy = (who: string, number: number) => `${who}_${number}_assignsubmission_file_`;

export default ({ folder, bait }: Place) => {
  const solution = readFileSync(join(bait.kitRoot, 'solutions/02-elman-sequence/elman-sequence.ts'));
  writeFileSync(join(folder, `${handedInBy('honest-first', 10_001)}work.zip`), makeZip([{ name, data: solution }]));
  writeFileSync(
    join(folder, `${handedInBy('mallory', 10_002)}${handedInBy('mine', 10_001)}work.zip`),
    makeZip([{ name, data: honestText }]),
  );
};
