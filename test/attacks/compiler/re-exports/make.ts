import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}export * from '../../src/grade/grade.ts';\n`);
