import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, `${honestText}const all = await import(\`../../solutions/\${'02'}*/*.ts\`);\n`);
