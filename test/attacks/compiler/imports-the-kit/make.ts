import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}import * as kit from '#authoring'; console.log(kit);\n`);
