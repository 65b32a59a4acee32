import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { handInStudents, honestText, type Place } from '../../making.ts';

const note = `
const { existsSync, writeFileSync } = process.getBuiltinModule('node:fs');
for (const folder of ['/tmp', '/box', '/dev/shm', '/var/tmp', '/box/node_modules', process.cwd()]) {
  const path = folder + '/unroll-attack-note';
  if (existsSync(path)) console.log('GOT: ' + path);
  else try { writeFileSync(path, ''); } catch {}
}
`;

export default ({ folder }: Place) => {
  handInStudents(folder, []);
  for (const name of ['n-first', 'o-second']) {
    mkdirSync(join(folder, name, '02-elman-sequence'), { recursive: true });
    writeFileSync(join(folder, name, '02-elman-sequence/elman-sequence.ts'), `${honestText}${note}`);
  }
};
