import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';

import { z } from 'zod';

import type { Exercise } from '../course/exercise.ts';
import { UserError } from '../errors.ts';
import { readPlainFile, writeWhole } from '../files.ts';
import type { SubmittedFile } from '../intake/submission.ts';
import type { RaceResult } from '../result/race.ts';
import { readableRaceSchema } from '../result/race-v1.ts';
import type { Result } from '../result/result.ts';

const place = join('.unroll', 'races.json'); // below the working folder, for the learner's may be read-only; ignored by git
const rememberedSchema = z.object({
  /** SHA-256 of each of the learner's files that raced. */
  files: z.array(z.string()),
  device: z.string(),
  race: readableRaceSchema,
});
const mostBytes = 16 * 2 ** 20; // all races of the course together have less than 1 MB
type RememberedRace = z.infer<typeof rememberedSchema>;

/** The last race of each exercise on this machine, so that `--more` can carry one on. */
export class RaceMemory {
  readonly #path: string;
  readonly #races: Readonly<Record<string, RememberedRace>>;

  private constructor(path: string, races: Readonly<Record<string, RememberedRace>>) {
    this.#path = path;
    this.#races = races;
  }

  /** Throws `UserError` where the file is not what this class wrote. */
  static read(folder: string): RaceMemory {
    const path = join(folder, place);
    const read = readPlainFile(path, { most: mostBytes });
    if ('refusal' in read && read.refusal === 'absent') return new RaceMemory(path, {});
    try {
      if ('refusal' in read) throw new Error(read.code ?? read.refusal);
      return new RaceMemory(path, z.record(z.string(), rememberedSchema).parse(JSON.parse(read.bytes.toString('utf8'))));
    } catch {
      throw new UserError(`${path} is not what \`unroll race\` wrote; delete it and race again`);
    }
  }

  /** The race that can be carried on, or one sentence on why there is none: the same test goes on only for the same code on the same device. */
  carryOn({ id, race }: Exercise, files: readonly SubmittedFile[], device: string): RaceResult | string {
    const remembered = this.#races[id];
    if (remembered === undefined) return `${id} has not been raced yet, so there is nothing to carry on: it begins now`;
    if (remembered.race.verdict !== 'cannot-tell') return `${id} has its verdict, so there is nothing to carry on: it begins anew`;
    if (remembered.device !== device) return `${id} raced on ${remembered.device} and not on ${device}: it begins anew`;
    const same = isDeepStrictEqual(remembered.files, digests(files)) && isDeepStrictEqual(remembered.race.sizes, race?.sizes);
    return same ? remembered.race : `${id} has changed since its last race: it begins anew`;
  }

  /** Keeps the races of this result beside those of other exercises. */
  async keep(result: Result): Promise<void> {
    const fresh = result.exercises.flatMap(({ id, files, checks }) =>
      checks.flatMap(({ race }) =>
        race === undefined ? [] : [[id, { files: digests(files), device: result.device.name, race }] as const],
      ),
    );
    await writeWhole(this.#path, `${JSON.stringify({ ...this.#races, ...Object.fromEntries(fresh) })}\n`);
  }
}

const digests = (files: readonly SubmittedFile[]) => files.map(({ sha256 }) => sha256);
