import { handInText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `export const elmanSequence = ${'('.repeat(100_000)}1${')'.repeat(100_000)};`);
