import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeZip } from '../../../support/archives.ts';
import { honestText, type Place } from '../../making.ts';

export default ({ folder }: Place) => {
  const inner = makeZip([{ name: 'exercises/02-elman-sequence/elman-sequence.ts', data: honestText }]);
  writeFileSync(join(folder, 'work.zip'), makeZip([{ name: 'inner.zip', data: inner }]));
};
