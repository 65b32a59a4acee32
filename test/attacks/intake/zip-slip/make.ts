import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeZip } from '../../../support/archives.ts';
import { honestText, type Place } from '../../making.ts';

const climbing = [
  '../../unroll-attack-slip',
  'exercises/../../unroll-attack-slip',
  '/tmp/unroll-attack-slip',
  '..\\..\\unroll-attack-slip',
  'C:\\unroll-attack-slip',
];

export default ({ folder }: Place) => {
  const parts = [...climbing, '../exercises/02-elman-sequence/elman-sequence.ts'].map((name) => ({ name, data: 'throw new Error();' }));
  writeFileSync(join(folder, 'work.zip'), makeZip([...parts, { name: 'exercises/02-elman-sequence/elman-sequence.ts', data: honestText }]));
};
