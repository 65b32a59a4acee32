import { writeCourse, type Place } from '../../making.ts';

export default ({ folder }: Place) =>
  writeCourse(
    folder,
    'format: 1\ntitle: x\nunits: [{ title: x, exercises: [01-first] }]\n',
    [
      'a0: &a0 [lol]',
      ...Array.from(
        { length: 9 },
        (_, level) => `a${level + 1}: &a${level + 1} [${Array.from({ length: 10 }, () => `*a${level}`).join(', ')}]`,
      ),
    ].join('\n'),
  );
