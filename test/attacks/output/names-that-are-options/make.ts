import { handInStudents, type Place } from '../../making.ts';

export default ({ folder }: Place) =>
  handInStudents(folder, ['--out', '-rf', '$(touch unroll-attack)', 'con', 'nul', 'x.', 'x ', '*', 'result.json', 'report.html']);
