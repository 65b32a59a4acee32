import { handInStudents, type Place } from '../../making.ts';

export default ({ folder }: Place) =>
  handInStudents(folder, ['C:\\x', 'b\\..\\..\\x', '..\\x', '\\\\host\\share', '...', 'C:x', '%2e%2e%2fx', '~']);
