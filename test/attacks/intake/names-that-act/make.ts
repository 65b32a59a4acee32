import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { handInText, honestText, namesThatAct, type Place } from '../../making.ts';

export default (place: Place) => {
  handInText(place, honestText);
  const folder = join(place.folder, 'exercises/02-elman-sequence');
  for (const name of namesThatAct) writeFileSync(join(folder, name), '');
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([255, 254, 128])]), '');
  for (const name of namesThatAct) mkdirSync(join(place.folder, 'exercises', `99-${name}`));
};
