import { Command, Option } from 'commander';

import { readAttacks } from '../audit/attack.ts';
import { runAudit } from '../audit/audit.ts';
import { describeState, hasHeld, renderAudit, renderCorpus } from '../audit/matrix.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { exiting } from './exit.ts';
import { list } from './lists.ts';
import { printJson, say } from './print.ts';

interface Options {
  readonly only?: string[];
  readonly device: DeviceName;
  readonly json?: boolean;
  readonly list?: boolean;
}

export const audit = new Command('audit')
  .description('Attack the grader of this machine with every attack of test/attacks, and say which end as they must.')
  .option('--only <names>', 'these classes or attacks (class/name) alone, separated by commas', list)
  .addOption(new Option('--device <name>', 'the device to grade on').choices(deviceNames).default('wasm'))
  .option('--list', 'list the attacks and run none')
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async ({ only = [], device, list: listed = false, json = false }: Options) => {
      const attacks = readAttacks(only);
      if (listed) {
        if (json) printJson(attacks.map(({ folder: _folder, ...attack }) => attack));
        else say(renderCorpus(attacks));
        return 0;
      }
      const found = await runAudit(attacks, {
        device,
        onRow: ({ id, state, durationMs }, done) =>
          process.stderr.write(`${done}/${attacks.length}  ${id}: ${describeState(state)}, ${(durationMs / 1000).toFixed(1)} s\n`),
      });
      if (json) printJson(found);
      else say(renderAudit(found, process.stdout.columns));
      return hasHeld(found) ? 0 : 1;
    }),
  );
