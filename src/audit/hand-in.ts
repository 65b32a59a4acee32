import { cpSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import type { Exercise } from '../course/exercise.ts';
import { kitRoot } from '../course/places.ts';
import type { Attack } from './attack.ts';
import type { Bait } from './bait.ts';

/** What a `make.ts` gets: an empty folder to fill, the exercises of the attack, and what an attacker is told. */
export interface Place {
  readonly folder: string;
  readonly exercises: readonly Exercise[];
  readonly bait: Bait;
}

/** Thrown by a `make.ts` whose attack cannot be made on this machine or by this user. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

/** Fills a folder with what the attacker hands in. */
export async function handIn(attack: Attack, place: Place): Promise<void> {
  mkdirSync(place.folder, { recursive: true });
  const [attacked, ...others] = place.exercises;
  if (attack.source === 'attack.ts') await bundleAttack(attack, attacked as Exercise, place);
  else {
    const program = (await import(pathToFileURL(join(attack.folder, attack.source)).href)) as {
      default(place: Place): void | Promise<void>;
    };
    await program.default(place);
  }
  for (const exercise of others) handInSolution(exercise, place.folder);
}

/** Puts the kit's own solution of an exercise into a submission. */
export function handInSolution({ id }: Pick<Exercise, 'id'>, folder: string): void {
  cpSync(join(kitRoot, 'solutions', id), join(folder, 'exercises', id), { recursive: true });
}

/** The attacker's file, with what it takes from the parts of the corpus, is the one file that a learner hands in. */
async function bundleAttack(attack: Attack, exercise: Exercise, { folder, bait }: Place): Promise<void> {
  await build({
    entryPoints: [join(attack.folder, 'attack.ts')],
    outfile: join(folder, 'exercises', exercise.id, basename(exercise.files[0] as string)),
    bundle: true,
    format: 'esm',
    external: ['@tensorflow/tfjs'],
    define: { BAIT: JSON.stringify(bait) },
    logLevel: 'warning',
  });
}
