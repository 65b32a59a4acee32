import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}import words from '/etc/passwd'; console.log(words);\n`);
