import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}export const deep = ${'1?'.repeat(50_000)}1${':0'.repeat(50_000)};`);
