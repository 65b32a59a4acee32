import { handInText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `export const elmanSequence = ${'()=>'.repeat(40_000)}1;`);
