import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { handInStudents, type Place } from '../../making.ts';

export default ({ folder }: Place) => {
  handInStudents(folder, []);
  mkdirSync(join(folder, 'm-attacker/02-elman-sequence'), { recursive: true });
  writeFileSync(join(folder, 'm-attacker/02-elman-sequence/elman-sequence.ts'), `export const elmanSequence = ${'!'.repeat(261_000)}1;`);
};
