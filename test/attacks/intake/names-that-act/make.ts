import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { handInText, honestText, type Place } from '../../making.ts';

const names = [
  '\u001B[2J\u001B]0;owned\u0007',
  '<script>alert(1)<\u2215script>',
  '99-\u202Egnp.ts',
  'a\n::error::b',
  '\r',
  '__proto__',
  'constructor',
];

export default (place: Place) => {
  handInText(place, honestText);
  const folder = join(place.folder, 'exercises/02-elman-sequence');
  for (const name of names) writeFileSync(join(folder, name), '');
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([255, 254, 128])]), '');
  for (const name of names) mkdirSync(join(place.folder, 'exercises', `99-${name}`));
};
