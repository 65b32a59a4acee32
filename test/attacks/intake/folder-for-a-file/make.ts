import { mkdirSync } from 'node:fs';

import type { Exercise } from '../../../../src/course/exercise.ts';
import { placeOf, type Place } from '../../making.ts';

export default ({ folder, exercises }: Place) => mkdirSync(placeOf(folder, exercises[0] as Exercise));
