import { writeCourse, type Place } from '../../making.ts';

export default ({ folder }: Place) => writeCourse(folder, '['.repeat(100_000));
