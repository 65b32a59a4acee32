import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}import { oracle } from './oracle.ts'; console.log(oracle);\n`);
