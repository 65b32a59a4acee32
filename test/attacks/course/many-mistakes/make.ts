import { writeCourse, type Place } from '../../making.ts';

export default ({ folder }: Place) =>
  writeCourse(folder, `format: 1\n${Array.from({ length: 100_000 }, (_, index) => `k${index}: !!x [}`).join('\n')}`);
