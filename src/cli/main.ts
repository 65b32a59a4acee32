import { Command } from 'commander';

import { UserError } from '../errors.ts';
import { doctor } from './doctor.ts';
import { setup } from './setup.ts';

const program = new Command('unroll')
  .description('From RNNs to the Transformer: a test-driven course.')
  .addCommand(doctor)
  .addCommand(setup);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UserError)) throw error; // a bug: keep its stack
  console.error(error.message);
  process.exitCode = 2;
}
