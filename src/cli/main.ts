import { Command } from 'commander';

import { messageOf, UserError } from '../errors.ts';
import { kitVersion } from '../version.ts';
import { complain } from './print.ts';

/** Every command by its name: one file each, loaded when it is called, so that none waits for what another needs. */
const commands: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  watch: { summary: 'the course on one screen, checked on every save', load: async () => (await import('./watch.ts')).watch },
  test: { summary: 'check your files once', load: async () => (await import('./test.ts')).testCommand },
  next: { summary: 'go to the next exercise', load: async () => (await import('./learning.ts')).next },
  hint: { summary: 'open one hint more', load: async () => (await import('./learning.ts')).hint },
  reset: { summary: 'put an exercise back as it was at the beginning', load: async () => (await import('./learning.ts')).reset },
  explain: { summary: 'tell everything that is known of what fails', load: async () => (await import('./test.ts')).explainCommand },
  open: { summary: 'make pages of the lessons and open one', load: async () => (await import('./open.ts')).open },
  list: { summary: 'list the exercises: units, order, points, effort', load: async () => (await import('./list.ts')).listCommand },
  grade: { summary: 'grade one submission', load: async () => (await import('./grade.ts')).grade },
  cohort: { summary: 'grade a cohort and draw its pages', load: async () => (await import('./cohort.ts')).cohort },
  worker: { summary: 'answer for graders on other machines, from a queue', load: async () => (await import('./worker.ts')).worker },
  course: { summary: 'for authors: prove that the checks hold', load: async () => (await import('./course.ts')).course },
  race: { summary: "race your passes against the kit's", load: async () => (await import('./race.ts')).raceCommand },
  report: { summary: 'draw the pages of a result again', load: async () => (await import('./report.ts')).report },
  verify: { summary: 'check the seals of results and name what was altered', load: async () => (await import('./verify.ts')).verify },
  replay: { summary: 'repeat a failed check with the inputs it had', load: async () => (await import('./replay.ts')).replay },
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

/** What a person can mend is said alone; anything else is a bug and keeps its stack. */
function describeEnd(error: unknown): string {
  if (!(error instanceof UserError)) return error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
  return error.cause === undefined ? error.message : `${error.message}\nReason: ${messageOf(error.cause)}`;
}

/** A wrong word on the command line means that the kit could not run: 2, not commander's 1. */
function endWithTwo(command: Command): Command {
  command.configureOutput({ writeErr: (text) => complain(text.trimEnd()) });
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  for (const part of command.commands) endWithTwo(part);
  return command;
}

process.on('uncaughtException', (error) => {
  complain(describeEnd(error));
  process.exit(2);
});

/** `npx unroll` alone is `unroll watch`. */
const words = process.argv.length === 2 ? ['watch'] : process.argv.slice(2);

try {
  await (await makeProgram(words[0])).parseAsync(words, { from: 'user' });
} catch (error) {
  complain(describeEnd(error));
  process.exitCode = 2;
}
