import { symlinkSync } from 'node:fs';

import type { Exercise } from '../../../../src/course/exercise.ts';
import { placeOf, type Place } from '../../making.ts';

export default ({ folder, exercises, bait }: Place) => symlinkSync(bait.secretFile, placeOf(folder, exercises[0] as Exercise));
