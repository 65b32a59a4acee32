import { handInStudents, type Place } from '../../making.ts';

export default ({ folder }: Place) => handInStudents(folder, ['Anna', 'ANNA', 'anna', '\u00C9va', 'E\u0301va', 'anna\u200B', '\u0430nna']);
