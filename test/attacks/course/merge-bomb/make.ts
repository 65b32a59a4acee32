import { writeCourse, type Place } from '../../making.ts';

export default ({ folder }: Place) =>
  writeCourse(
    folder,
    [
      'a0: &a0 { x: 1 }',
      ...Array.from(
        { length: 9 },
        (_, level) =>
          `a${level + 1}: &a${level + 1} { ${Array.from({ length: 10 }, (_unused, part) => `k${part}: *a${level}`).join(', ')} }`,
      ),
      'title: { <<: *a9 }',
    ].join('\n'),
  );
