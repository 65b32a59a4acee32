import { handInText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `export const elmanSequence = ${'!'.repeat(261_000)}1;`);
