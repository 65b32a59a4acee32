import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) => handInText(place, Buffer.from(honestText, 'utf16le'));
