import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { kitRoot } from '../course/places.ts';

/** The version of this kit, from its package.json. */
export const kitVersion: string = (JSON.parse(readFileSync(join(kitRoot, 'package.json'), 'utf8')) as { version: string }).version;
