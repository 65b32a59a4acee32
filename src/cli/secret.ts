import { readFileSync, statSync, writeFileSync, type Stats } from 'node:fs';

import { Command } from 'commander';

import { messageOf, UserError } from '../errors.ts';
import { deriveEpochKey, writeEpochKey } from '../seal/epoch.ts';
import { Envelope } from '../seal/envelope.ts';
import { Secret, writeSecret } from '../seal/secret.ts';
import { exiting } from './exit.ts';
import { complain, say } from './print.ts';

const mostBytes = 4096; // a secret has 65; the message for what is larger should not need its text
const othersBits = 0o077; // group and world
export const secretOption = ['--secret <file>', "the file of the cohort's secret; else UNROLL_SECRET_FILE or UNROLL_SECRET"] as const;

/** The instructor's secret from `--secret`, or from the environment, which forgets it: no process that is started later is told. */
export function readSecret(option: string | undefined): Secret | undefined {
  const { UNROLL_SECRET_FILE: file = '', UNROLL_SECRET: text = '' } = process.env;
  delete process.env['UNROLL_SECRET_FILE'];
  delete process.env['UNROLL_SECRET'];
  if (option !== undefined) return readSecretFile(option);
  if (file !== '' && text !== '') throw new UserError('UNROLL_SECRET_FILE and UNROLL_SECRET are both set; set one of them');
  if (file !== '') return readSecretFile(file);
  return text === '' ? undefined : Secret.parse(text, 'UNROLL_SECRET');
}

/** The secret, where a command is nothing without it. */
export function requireSecret(option: string | undefined): Secret {
  const secret = readSecret(option);
  if (secret === undefined)
    throw new UserError('name the file of the secret with `--secret FILE`; `npx unroll cohort secret FILE` makes one');
  return secret;
}

function readSecretFile(path: string): Secret {
  const stat = statOf(path);
  if (!stat.isFile() || stat.size > mostBytes)
    throw new UserError(`${path} is not the file of a secret; \`npx unroll cohort secret FILE\` makes one`);
  if (process.platform !== 'win32' && (stat.mode & othersBits) !== 0)
    complain(`warning: ${path} is open to others on this machine, who could draw the inputs and seal results; run \`chmod 600 ${path}\``);
  try {
    return Secret.parse(readFileSync(path, 'utf8'), path);
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`${path} cannot be read: ${messageOf(error)}`);
  }
}

function statOf(path: string): Stats {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UserError(`there is no file ${path}; \`npx unroll cohort secret ${path}\` makes a secret there`);
  return stat;
}

export const makeSecret = new Command('secret')
  .description('Make a secret for a cohort, from which inputs are drawn and with which results are sealed.')
  .argument('<file>', 'where it is written, for you alone to read; a file that is there is never overwritten')
  .action(
    exiting(async (path: string) => {
      try {
        writeFileSync(path, writeSecret(), { flag: 'wx', mode: 0o600 /* its owner's alone */ });
      } catch (error) {
        const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
        throw new UserError(
          there
            ? `${path} is there already, and a secret is never overwritten; name another file`
            : `${path} cannot be written: ${messageOf(error)}`,
        );
      }
      say(`${path} holds the secret. Keep a copy where no student comes: results sealed under it cannot be verified without it.`);
      return 0;
    }),
  );

export const releaseEpoch = new Command('release')
  .description("Print the key of an epoch, for the class to replay its failed cases with. It opens no other epoch's.")
  .option(...secretOption)
  .requiredOption('--epoch <name>', 'the epoch, such as 2026-w48')
  .action(
    exiting(async ({ secret, epoch }: { secret?: string; epoch: string }) => {
      say(writeEpochKey(deriveEpochKey(requireSecret(secret), epoch)));
      complain(`Whoever has this key can draw every input of ${epoch}. A case: npx unroll replay TOKEN --key KEY`);
      return 0;
    }),
  );

export const makeWorkerKey = new Command('worker-key')
  .description(
    'Print the key for workers of this cohort: they read the work and answer it, and can neither draw an epoch nor seal a result.',
  )
  .option(...secretOption)
  .action(
    exiting(async ({ secret }: { secret?: string }) => {
      say(Envelope.of(requireSecret(secret)).writeKey());
      complain('Keep it in a file of each worker, for it alone to read: npx unroll worker --queue URL --key FILE');
      return 0;
    }),
  );
