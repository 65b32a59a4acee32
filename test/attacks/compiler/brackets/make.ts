import { handInText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `export const elmanSequence = ${'['.repeat(100_000)}${']'.repeat(100_000)};`);
