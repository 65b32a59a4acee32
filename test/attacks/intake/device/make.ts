import { spawnSync } from 'node:child_process';

import type { Exercise } from '../../../../src/course/exercise.ts';
import { NotHere, placeOf, type Place } from '../../making.ts';

export default ({ folder, exercises }: Place) => {
  const { status } = spawnSync('mknod', [placeOf(folder, exercises[0] as Exercise), 'c', '1', '5']);
  if (status !== 0) throw new NotHere('this user may not make a device');
};
