import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { Command } from 'commander';

import { UserError } from '../errors.ts';
import { readGradebook, readResult } from '../report/read.ts';
import { gradebookName, resultName, writeClass, writeStudentReport } from '../report/write.ts';
import { exiting } from './exit.ts';
import { complain, say } from './print.ts';

export const report = new Command('report')
  .description('draw the pages of a result or a gradebook again, wherever and whenever it was made')
  .argument('[path]', `a ${resultName} or ${gradebookName}, or the folder that holds one`, 'reports/out')
  .option('--out <dir>', 'write the pages there instead of beside it')
  .action(
    exiting(async (path: string, { out }: { out?: string }) => {
      const file = findRecord(path);
      const folder = out ?? dirname(file);
      const page = file.endsWith(gradebookName)
        ? await writeClass(await readGradebook(file), folder, { complain })
        : await writeStudentReport(await readResult(file), folder);
      say(page);
      return 0;
    }),
  );

/** A gradebook comes before a result: a cohort's folder stands for the class. */
function findRecord(path: string): string {
  if (!existsSync(path)) throw new UserError(`there is no ${path}; name a ${resultName}, a ${gradebookName}, or the folder that holds one`);
  if (!statSync(path).isDirectory()) return path;
  const found = [gradebookName, resultName].map((name) => join(path, name)).find((file) => existsSync(file));
  if (found === undefined)
    throw new UserError(`${path} holds neither ${gradebookName} nor ${resultName}; grade something with \`--out ${path}\` first`);
  return found;
}
