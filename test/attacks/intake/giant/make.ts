import { truncateSync, writeFileSync } from 'node:fs';

import type { Exercise } from '../../../../src/course/exercise.ts';
import { placeOf, type Place } from '../../making.ts';

export default ({ folder, exercises }: Place) => {
  const path = placeOf(folder, exercises[0] as Exercise);
  writeFileSync(path, '');
  truncateSync(path, 2 ** 30);
};
