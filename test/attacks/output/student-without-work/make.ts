import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { handInStudents, type Place } from '../../making.ts';

export default ({ folder }: Place) => {
  handInStudents(folder, []);
  mkdirSync(join(folder, 'm-empty'));
  mkdirSync(join(folder, 'n-pipe/02-elman-sequence'), { recursive: true });
  spawnSync('mkfifo', [join(folder, 'n-pipe/02-elman-sequence/elman-sequence.ts')]);
  mkdirSync(join(folder, 'o-link'));
  symlinkSync(join(folder, 'honest-first/exercises'), join(folder, 'o-link/exercises'));
  symlinkSync(join(folder, 'honest-first'), join(folder, 'p-link'));
};
