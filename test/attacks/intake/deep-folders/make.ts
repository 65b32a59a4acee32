import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => {
  handInText(place, honestText);
  mkdirSync(join(place.folder, 'exercises/02-elman-sequence', 'd/'.repeat(1500)), { recursive: true });
};
