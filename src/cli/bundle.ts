import { join } from 'node:path';

import { Command } from 'commander';

import { makeBundle } from '../package/package.ts';
import { kitVersion } from '../version.ts';
import { exiting } from './exit.ts';
import { complain, say } from './print.ts';

const usual = join('reports', 'out', `unroll-${kitVersion}-${process.platform}-${process.arch}.tar.xz`);

export const bundle = new Command('bundle')
  .description('pack the kit, its packages and Node into one archive for a machine without a network, such as a node of a cluster')
  .option('--out <file>', 'the archive', usual)
  .action(
    exiting(async ({ out }: { out: string }) => {
      complain('packing takes a minute or two');
      const bytes = await makeBundle(out);
      say(`${out}: ${(bytes / 2 ** 20).toFixed(1)} MiB`);
      return 0;
    }),
  );
