import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}const ${'x'.repeat(250_000)} = 1;`);
