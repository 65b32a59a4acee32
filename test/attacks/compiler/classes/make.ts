import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}${'class A{static{'.repeat(10_000)}${'}}'.repeat(10_000)}`);
