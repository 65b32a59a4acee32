import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}import text from './elman-sequence.ts?raw';\n`);
