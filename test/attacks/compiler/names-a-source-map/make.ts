import { handInText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(place, `export function elmanSequence() { throw new Error('look'); }\n//# sourceMappingURL=file://${place.bait.secretFile}\n`);
