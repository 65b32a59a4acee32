import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeZip } from '../../../support/archives.ts';
import { honestText, namesThatAct, type Place } from '../../making.ts';

export default ({ folder }: Place) => {
  const place = 'exercises/02-elman-sequence';
  const odd = namesThatAct.flatMap((name) => [{ name: `${place}/${name}` }, { name: `../${name}` }, { name: `exercises/99-${name}/x.ts` }]);
  writeFileSync(
    join(folder, 'work.zip'),
    makeZip([...odd, { name: Buffer.from([255, 254, 128]) }, { name: `${place}/elman-sequence.ts`, data: honestText }]),
  );
};
