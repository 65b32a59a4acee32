import { handInStudents, type Place } from '../../making.ts';

export default ({ folder }: Place) =>
  handInStudents(folder, [
    '<script>alert(1)<\u2215script>',
    '"><img src=x onerror=alert(1)>',
    '{{constructor}}',
    '=1+1',
    "' onmouseover='alert(1)",
    'javascript:alert(1)',
  ]);
