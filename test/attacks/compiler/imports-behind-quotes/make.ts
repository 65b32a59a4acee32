import { handInText, honestText, type Place } from '../../making.ts';

/** Holds a quote of each kind, so that the compiler prints it in double quotes, one of them behind a stroke: what follows that one looks like the end of a plain name. */
export default (place: Place) =>
  handInText(place, `${honestText}export const theirs = (part) => import("./x'\`\\",/../node_modules/esbuild/lib/" + part + ".js");\n`);
