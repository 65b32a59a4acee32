import { handInText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, '{'.repeat(15_000) + '}'.repeat(15_000));
