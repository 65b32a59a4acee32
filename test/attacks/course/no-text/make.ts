import { writeCourse, type Place } from '../../making.ts';

export default ({ folder }: Place) => writeCourse(folder, String.fromCharCode(...Array.from({ length: 256 }, (_, index) => index)));
