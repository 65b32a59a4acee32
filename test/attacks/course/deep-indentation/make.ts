import { writeCourse, type Place } from '../../making.ts';

export default ({ folder }: Place) => writeCourse(folder, Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'));
