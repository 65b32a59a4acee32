import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}import 'data:text/javascript,console.log(1)';\n`);
