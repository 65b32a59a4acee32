import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}//${'x'.repeat(256 * 1024 - 600)}`);
