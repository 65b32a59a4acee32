import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(place, `${honestText}export const theirs = (name: string) => import/* here */(/* and */ \`../../\${name}.ts\`);\n`);
