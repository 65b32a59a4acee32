import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { type Place } from '../../making.ts';

export default ({ folder, bait }: Place) => {
  mkdirSync(join(folder, 'exercises'));
  symlinkSync(join(bait.kitRoot, 'solutions/02-elman-sequence'), join(folder, 'exercises/02-elman-sequence'));
};
