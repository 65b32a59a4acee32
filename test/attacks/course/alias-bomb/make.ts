import { writeCourse, type Place } from '../../making.ts';

const levels = Array.from(
  { length: 9 },
  (_, level) => `a${level + 1}: &a${level + 1} [${Array.from({ length: 10 }, () => `*a${level}`).join(', ')}]`,
);

export default ({ folder }: Place) => writeCourse(folder, ['a0: &a0 [lol]', ...levels, 'title: *a9'].join('\n'));
