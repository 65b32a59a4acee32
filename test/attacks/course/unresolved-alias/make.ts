import { writeCourse, type Place } from '../../making.ts';

export default ({ folder }: Place) => writeCourse(folder, 'format: 1\ntitle: *nothing\nunits: []\n');
