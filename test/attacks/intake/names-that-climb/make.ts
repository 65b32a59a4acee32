import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => {
  handInText(place, honestText);
  for (const name of ['..\\..\\x.ts', 'C:\\x.ts', 'C:x.ts', '\\\\host\\share', '...', 'x.ts.', 'x.ts ', 'con', 'nul.ts', 'a:b'])
    writeFileSync(join(place.folder, 'exercises/02-elman-sequence', name), '');
};
