import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeZip } from '../../../support/archives.ts';
import { honestText, type Place } from '../../making.ts';

const names = [
  '\u001B[2J\u001B]0;owned\u0007',
  '<script>alert(1)<\u2215script>',
  '99-\u202Egnp.ts',
  'a\n::error::b',
  '\r',
  '__proto__',
  'constructor',
];

export default ({ folder }: Place) => {
  const place = 'exercises/02-elman-sequence';
  const odd = names.flatMap((name) => [{ name: `${place}/${name}` }, { name: `../${name}` }, { name: `exercises/99-${name}/x.ts` }]);
  writeFileSync(
    join(folder, 'work.zip'),
    makeZip([...odd, { name: Buffer.from([255, 254, 128]) }, { name: `${place}/elman-sequence.ts`, data: honestText }]),
  );
};
