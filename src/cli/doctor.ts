import { Command } from 'commander';

import { type Diagnosis, renderDiagnosis } from '../device/doctor.ts';
import { probeDevices } from '../device/probe.ts';
import { describeIsolation } from '../box/isolation.ts';
import { exiting } from './exit.ts';
import { printJson, say } from './print.ts';

export const doctor = new Command('doctor')
  .description('Say which device will be used and why, and how submissions are kept apart.')
  .option('--json', 'one JSON value: {node, devices, isolation}')
  .action(
    exiting(async ({ json }: { json?: true }) => {
      const diagnosis: Diagnosis = { node: process.versions.node, devices: await probeDevices(), isolation: await describeIsolation() };
      if (json) printJson(diagnosis, 2);
      else say(renderDiagnosis(diagnosis));
      return 0;
    }),
  );
