import { Command } from 'commander';

import { UserError } from '../errors.ts';
import { cohort } from './cohort.ts';
import { course } from './course.ts';
import { doctor } from './doctor.ts';
import { grade } from './grade.ts';
import { setup } from './setup.ts';

const program = new Command('unroll').description('From RNNs to the Transformer: a test-driven course.');
for (const command of [grade, cohort, course, doctor, setup]) program.addCommand(command);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UserError)) throw error; // a bug: keep its stack
  console.error(error.message);
  process.exitCode = 2;
}
