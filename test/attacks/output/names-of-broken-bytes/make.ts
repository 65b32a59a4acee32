import { mkdirSync, writeFileSync } from 'node:fs';

import { handInStudents, type Place } from '../../making.ts';

export default ({ folder }: Place) => {
  handInStudents(folder, []);
  for (const bytes of [
    [255, 254],
    [0xc3, 0x28],
    [0xed, 0xa0, 0x80],
  ]) {
    const home = Buffer.concat([Buffer.from(`${folder}/m`), Buffer.from(bytes)]);
    mkdirSync(home);
    writeFileSync(Buffer.concat([home, Buffer.from('/note')]), '');
  }
};
