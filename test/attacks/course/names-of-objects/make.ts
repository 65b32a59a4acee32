import { writeCourse, type Place } from '../../making.ts';

export default ({ folder }: Place) =>
  writeCourse(folder, 'format: 1\ntitle: x\nunits: []\n__proto__: { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }\n');
