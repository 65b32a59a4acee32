import { writeCourse, type Place } from '../../making.ts';

export default ({ folder }: Place) =>
  writeCourse(
    folder,
    'format: 1\ntitle: x\nunits: [{ title: x, exercises: [01-first] }]\n',
    'format: 1\nid: 01-first\ntitle: x\neffortMinutes: 1\nfiles: [../../../x.ts]\npasses: { first: sequential }\nchecks: { a: { title: x, points: 1, lookAt: x } }\nhints: [a, b, c]\nreferences: []\n',
  );
