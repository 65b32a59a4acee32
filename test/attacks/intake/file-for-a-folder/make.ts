import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Place } from '../../making.ts';

export default ({ folder }: Place) => {
  mkdirSync(join(folder, 'exercises'));
  writeFileSync(join(folder, 'exercises/02-elman-sequence'), '');
};
