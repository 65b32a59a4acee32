import { handInText, honestText, type Place } from '../../making.ts';

export default (place: Place) =>
  handInText(
    place,
    `${honestText}enum Bomb { a0 = 'xxxxxxxxxxxxxxxx', ${Array.from({ length: 26 }, (_, index) => `a${index + 1} = a${index} + a${index}`).join(', ')} }\nconsole.log(Bomb.a26.length);`,
  );
