import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => {
  handInText(place, honestText);
  for (const name of ['02-ELMAN-SEQUENCE', '02-elman\u2010sequence', '02-elman-sequence\u200B', '99-\u00C9', '99-E\u0301']) {
    mkdirSync(join(place.folder, 'exercises', name));
    writeFileSync(join(place.folder, 'exercises', name, 'elman-sequence.ts'), 'throw new Error();');
  }
};
