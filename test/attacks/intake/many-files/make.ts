import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => {
  handInText(place, honestText);
  for (let index = 0; index < 20_000; index++) writeFileSync(join(place.folder, 'exercises/02-elman-sequence', `${index}.ts`), '');
};
