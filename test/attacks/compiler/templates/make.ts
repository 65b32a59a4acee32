import { handInText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `export const elmanSequence = ${'`${'.repeat(20_000)}1${'}`'.repeat(20_000)};`);
