import { handInText, honestText, type Place } from '../../making.ts';

/** As many quotes of one kind as of the other: the name is printed in double quotes, one of them behind a stroke, and what follows it looks like the end of a plain name. */
export default (place: Place) =>
  handInText(
    place,
    `${honestText}export const theirs = (part) => import('./x\\'",/../../../../node_modules/esbuild/lib/' + part);\nexport const all = () => import(\`./x'",/../../node_modules/zod/\${Math.random()}.js\`);\n`,
  );
