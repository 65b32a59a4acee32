import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => {
  handInText(place, honestText);
  const names = [
    '$(touch unroll-attack)',
    '`touch unroll-attack`',
    '; touch unroll-attack',
    '-rf',
    '--out',
    '| cat',
    '*',
    '~',
    '%s',
    '$HOME',
  ];
  for (const name of names) {
    writeFileSync(join(place.folder, 'exercises/02-elman-sequence', name), '');
    mkdirSync(join(place.folder, 'exercises', `99-${name}`));
  }
};
