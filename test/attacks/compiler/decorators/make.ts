import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}${'@(x=>x)'.repeat(30_000)}class A{}`);
