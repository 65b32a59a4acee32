import { chmodSync } from 'node:fs';

import type { Exercise } from '../../../../src/course/exercise.ts';
import { handInText, honestText, placeOf, type Place } from '../../making.ts';

export default (place: Place) => {
  handInText(place, honestText);
  chmodSync(placeOf(place.folder, place.exercises[0] as Exercise), 0o6777);
};
