import { handInText, honestText, type Place } from '../../making.ts';

/** Each decorator is turned into calls of a helper, and each of them names all that stands before. */
export default (place: Place) => {
  const members = Array.from({ length: 9000 }, (_, at) => `@d @d accessor m${at} = 0;`).join('\n');
  handInText(place, `${honestText}function d(): any {}\n@d class Many {\n${members}\n}\nexport const many = Many;\n`);
};
