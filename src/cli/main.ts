import { Command } from 'commander';

import { messageOf, UserError } from '../errors.ts';
import { kitVersion } from '../version.ts';

/** Every command by its name: one file each, loaded when it is called, so that none waits for what another needs. */
const commands: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  list: { summary: 'list the exercises: units, order, points, effort', load: async () => (await import('./list.ts')).listCommand },
  grade: { summary: 'grade one submission', load: async () => (await import('./grade.ts')).grade },
  cohort: { summary: 'grade a cohort and draw its pages', load: async () => (await import('./cohort.ts')).cohort },
  course: { summary: 'for authors: prove that the checks hold', load: async () => (await import('./course.ts')).course },
  race: { summary: "race your passes against the kit's", load: async () => (await import('./race.ts')).raceCommand },
  report: { summary: 'draw the pages of a result again', load: async () => (await import('./report.ts')).report },
  audit: { summary: 'attack the grader of this machine and print what held', load: async () => (await import('./audit.ts')).audit },
  bundle: { summary: 'pack everything for a machine without a network', load: async () => (await import('./bundle.ts')).bundle },
  doctor: { summary: 'say which device will be used and why', load: async () => (await import('./doctor.ts')).doctor },
  setup: { summary: 'provide the TensorFlow library', load: async () => (await import('./setup.ts')).setup },
};

/** The whole program; only the wanted command is really loaded. */
async function makeProgram(wanted: string | undefined): Promise<Command> {
  const program = new Command('unroll').description('From RNNs to the Transformer: a test-driven course.').version(kitVersion);
  for (const [name, { summary, load }] of Object.entries(commands))
    program.addCommand(name === wanted ? await load() : new Command(name).description(summary));
  return endWithTwo(program);
}

/** A wrong word on the command line means that the kit could not run: 2, not commander's 1. */
function endWithTwo(command: Command): Command {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  for (const part of command.commands) endWithTwo(part);
  return command;
}

try {
  await (await makeProgram(process.argv[2])).parseAsync();
} catch (error) {
  if (!(error instanceof UserError)) throw error; // a bug: keep its stack
  console.error(error.cause === undefined ? error.message : `${error.message}\nReason: ${messageOf(error.cause)}`);
  process.exitCode = 2;
}
