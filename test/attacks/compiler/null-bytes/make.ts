import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, Buffer.concat([Buffer.from(honestText), Buffer.from([47, 47, 0, 255, 254, 128])]));
