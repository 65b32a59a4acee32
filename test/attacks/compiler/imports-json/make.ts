import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(place, `${honestText}import data from '../../package.json' with { type: 'json' }; console.log(data);\n`);
