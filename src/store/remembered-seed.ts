import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { UserError } from '../errors.ts';
import { writeWhole } from '../files.ts';

/** The seed of the verdicts in this folder: drawn once, so that a grading that goes on asks the same; anew where that is wanted. */
export async function rememberSeed(folder: string, { anew = false }: { anew?: boolean } = {}): Promise<string> {
  const path = join(folder, 'seed.txt');
  if (!anew && existsSync(path)) {
    const seed = readFileSync(path, 'utf8').trim();
    if (!/^[\w-]{1,64}$/.test(seed)) throw new UserError(`${path} holds no seed; delete it, and all students are graded anew`);
    return seed;
  }
  const seed = randomBytes(8).toString('hex');
  await writeWhole(path, `${seed}\n`);
  return seed;
}
