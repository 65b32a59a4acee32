import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => {
  handInText(place, honestText);
  for (let index = 0; index < 5000; index++) mkdirSync(join(place.folder, 'exercises', `99-${index}`));
};
