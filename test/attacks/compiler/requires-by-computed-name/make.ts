import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(
    place,
    `${honestText}declare const require: (name: string) => unknown; export const theirs = (name: string) => require('../../solutions/' + name + '.ts');\n`,
  );
