import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

import { Command } from 'commander';

import { messageOf, UserError } from '../errors.ts';
import { readPlainFile, type Refusal } from '../files.ts';
import { summariseFindings } from '../report/terminal/findings.ts';
import { gradebookName, resultName } from '../report/write.ts';
import { Sealer } from '../seal/seal.ts';
import { verifyRecords, type Finding, type RecordFile } from '../seal/verify.ts';
import { exiting } from './exit.ts';
import { requireSecret, secretOption } from './secret.ts';
import { print, printJson } from './print.ts';

const mostBytes = 2 ** 28; // a gradebook of a thousand students with races has some 50 MB, and a text must fit into a string

export const verify = new Command('verify')
  .description('Check the seals of every result and gradebook below a folder, and name what was altered.')
  .argument('<dir>', `the folder, such as that of a cohort's ${gradebookName}`)
  .option(...secretOption)
  .option('--json', 'print one JSON value on stdout and nothing else there')
  .action(
    exiting(async (folder: string, { secret, json = false }: { secret?: string; json?: boolean }) => {
      const sealer = new Sealer(requireSecret(secret));
      const { files, unread } = readRecords(folder);
      if (files.length + unread.length === 0)
        throw new UserError(
          `there is no ${resultName} and no ${gradebookName} below ${folder}; grade something with \`--out ${folder}\` first`,
        );
      const findings = [...unread, ...verifyRecords(files, sealer)];
      const gradebooks = files.filter(({ path }) => path.split('/').at(-1) === gradebookName).length;
      const summary = { looked: files.length + unread.length, gradebooks, findings };
      if (json) printJson(summary);
      else print(summariseFindings(summary, { colour: process.stdout.isTTY }));
      return findings.length === 0 ? 0 : 1;
    }),
  );

interface Records {
  readonly files: readonly RecordFile[];
  /** What has the name of a record and cannot be read as one. */
  readonly unread: readonly Finding[];
}

function readRecords(folder: string): Records {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UserError(`there is no folder ${folder}; name the folder that holds the results`);
  const files: RecordFile[] = [];
  const unread: Finding[] = [];
  for (const path of listRecords(folder)) {
    const shown = path.split(sep).join('/');
    try {
      files.push({ path: shown, text: readRecord(join(folder, path)) });
    } catch (error) {
      unread.push({ file: shown, problem: 'no-result', fields: [], sentence: `cannot be read: ${messageOf(error)}` });
    }
  }
  return { files, unread };
}

/** Everything below a folder that is named as a record; links to folders are not followed, so that the walk ends. */
function listRecords(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => [resultName, gradebookName].includes(name.split(sep).at(-1) ?? '')).toSorted();
}

function readRecord(path: string): string {
  const read = readPlainFile(path, { most: mostBytes });
  if ('bytes' in read) return new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(read.bytes);
  const { refusal, code = refusal } = read;
  const why: Partial<Record<Refusal, string>> = {
    'not-plain': 'it is not a plain file',
    'too-large': `it is larger than ${mostBytes / 2 ** 20} MiB`,
  };
  throw new Error(why[refusal] ?? code);
}
