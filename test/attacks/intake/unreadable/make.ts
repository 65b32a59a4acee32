import { chmodSync, writeFileSync } from 'node:fs';

import type { Exercise } from '../../../../src/course/exercise.ts';
import { NotHere, placeOf, type Place } from '../../making.ts';

export default ({ folder, exercises }: Place) => {
  if (process.getuid?.() === 0) throw new NotHere('root may read every file');
  const path = placeOf(folder, exercises[0] as Exercise);
  writeFileSync(path, '');
  chmodSync(path, 0);
};
