import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Exercise } from '../../../../src/course/exercise.ts';
import { placeOf, type Place } from '../../making.ts';

export default async ({ folder, exercises }: Place) => {
  const short = join(tmpdir(), 's'); // the path of a socket has at most 107 bytes
  const server = createServer().listen(short);
  await once(server, 'listening');
  renameSync(short, placeOf(folder, exercises[0] as Exercise));
  server.close();
};
