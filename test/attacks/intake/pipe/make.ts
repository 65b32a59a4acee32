import { spawnSync } from 'node:child_process';

import type { Exercise } from '../../../../src/course/exercise.ts';
import { placeOf, type Place } from '../../making.ts';

export default ({ folder, exercises }: Place) => spawnSync('mkfifo', [placeOf(folder, exercises[0] as Exercise)]);
