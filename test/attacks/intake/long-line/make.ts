import { handInText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, 'x'.repeat(50_000_000));
