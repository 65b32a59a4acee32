import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(place, `${honestText}import * as self from './elman-sequence.ts';\nconsole.log(typeof self.elmanSequence);\n`);
