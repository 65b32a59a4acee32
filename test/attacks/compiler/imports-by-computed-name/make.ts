import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(
    place,
    `${honestText}const part = 'solutions'; export const theirs = () => import('../../' + part + '/02-elman-sequence/elman-sequence.ts');\n`,
  );
