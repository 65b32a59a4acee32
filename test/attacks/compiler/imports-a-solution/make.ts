import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(
    place,
    `${honestText}import { elmanSequence as theirs } from '../../solutions/02-elman-sequence/elman-sequence.ts'; console.log(theirs);\n`,
  );
