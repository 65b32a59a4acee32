import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}import fs from 'node:fs'; console.log(fs);\n`);
