import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { type Place } from '../../making.ts';

export default ({ folder, bait }: Place) => symlinkSync(join(bait.kitRoot, 'solutions'), join(folder, 'exercises'));
