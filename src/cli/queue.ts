import { Option } from 'commander';

import { UserError } from '../errors.ts';

/** Where the queue is: the option, or UNROLL_QUEUE, which keeps a password out of the list of processes. */
export const queueOption = () =>
  new Option('--queue <url>', 'have workers answer, by Redis, Valkey or PostgreSQL: redis://HOST, postgres://USER@HOST/DATABASE').env(
    'UNROLL_QUEUE',
  );

/** The address of the queue; the environment forgets it, so that no process that is started later is told. */
export function takeQueue({ queue, jobs }: { queue?: string; jobs?: number }): string | undefined {
  delete process.env['UNROLL_QUEUE'];
  if (queue !== undefined && jobs !== undefined)
    throw new UserError('with `--queue` the checks run where the workers are: give `--jobs` to them, `npx unroll worker --jobs COUNT`');
  return queue;
}
