import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}type Deep = ${'Array<'.repeat(20_000)}1${'>'.repeat(20_000)};`);
