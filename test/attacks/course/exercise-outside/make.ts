import { writeCourse, type Place } from '../../making.ts';

export default ({ folder }: Place) => writeCourse(folder, 'format: 1\ntitle: x\nunits: [{ title: x, exercises: [../../../../etc] }]\n');
