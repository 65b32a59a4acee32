import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `\u{feff}${honestText}`);
