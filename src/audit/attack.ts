import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { levels } from '../box/levels.ts';
import { kitRoot } from '../course/places.ts';
import { readYaml } from '../course/yaml-file.ts';
import { UserError } from '../errors.ts';
import { causes } from '../result/causes.ts';

/** The corpus of attacks as data: `test/attacks/<class>/<name>/attack.yaml` beside the attacker's file. */

export const corpusFolder = join(kitRoot, 'test/attacks');

const endSchema = z.enum([
  ...causes, // a check fails for this cause
  'honest', // a check ends as the same check of the kit's own solution does
  'not-measured', // a check is set aside as one that this device cannot decide
  'implausible', // a race is set aside for a person to look at
  'refused', // a note, or one sentence for a whole folder, names what was not taken; nothing of it is graded
  'row', // of a cohort: the honest rows are as without the attacker, whose own row may say anything true
  'inert', // any end but points won; what counts is that nothing shown acts
]);
export type End = z.infer<typeof endSchema>;

/** One end, or several of which each is right because machines differ. */
const endsSchema = z.union([endSchema.transform((end) => [end]), z.array(endSchema).min(2)]);

/** `all` holds for every check that has no line of its own. */
const expectSchema = z.union([
  endsSchema.transform((all): Record<string, End[]> => ({ all })),
  z.record(z.string(), endsSchema).refine((ends) => 'all' in ends, 'name an end for all checks besides those of single ones'),
]);

const attackSchema = z.strictObject({
  /** One sentence in the present tense. */
  what: z.string().regex(/^[A-Z].*\.$/, 'write one sentence that begins with a capital and ends with a full stop'),
  /** Rows of the catalogue, see test/attacks/README.md. */
  rows: z.array(z.string().regex(/^[GLDSTR]-\d\d$/, 'write a row such as G-01')).default([]),
  /** The exercise attacked, by number; honest work is handed in for those after it, which must end as honest work does. */
  exercise: z.union([z.string().transform((id) => [id]), z.array(z.string()).min(1)]).default(['02']),
  /** The checks asked of the attacked exercise; all of them where none is named. A race is run only where it is named. */
  checks: z.array(z.string()).min(1).optional(),
  expect: expectSchema,
  /** Words that a note, a message or a row must hold, so that the one who grades learns what was tried. */
  says: z.string().optional(),
  /** What `make.ts` makes. */
  makes: z.enum(['submission', 'cohort', 'course']).default('submission'),
  /** The lowest level of isolation that holds it; below, it is not run. */
  needs: z.enum(levels).default('none'),
  /** The processor that its machine code is for. */
  machine: z.literal('x64').optional(),
  /** True where a clock decides its end: it has the machine alone. */
  clock: z.boolean().default(false),
  /** Names of the defences without which it succeeds. */
  stoppedBy: z.array(z.string()).default([]),
});

export interface Attack extends z.infer<typeof attackSchema> {
  /** `class/name`. */
  readonly id: string;
  readonly class: string;
  readonly folder: string;
  /** The attacker's own file, or the program that makes what is handed in. */
  readonly source: 'attack.ts' | 'make.ts';
}

/** Every attack of a corpus, in order of class and name; those alone that a selection names as `class` or `class/name`. */
export function readAttacks(selection: readonly string[] = [], root = corpusFolder): Attack[] {
  if (!existsSync(root)) throw new UserError(`there is no corpus of attacks at ${root}: the audit runs in a checkout of the kit`);
  const ids = foldersOf(root).flatMap((group) => foldersOf(join(root, group)).map((name) => `${group}/${name}`));
  const classes = new Set(ids.map((id) => id.split('/')[0]));
  for (const wanted of selection)
    if (!ids.includes(wanted) && !classes.has(wanted))
      throw new UserError(`there is no attack or class ${wanted}; the classes are ${[...classes].join(', ')}`);
  const isWanted = (id: string) => selection.length === 0 || selection.includes(id) || selection.includes(id.split('/')[0] as string);
  return ids.filter(isWanted).map((id) => readAttack(id, root));
}

/** One attack by its id. Throws `UserError` that names file and line where its description is wrong. */
export function readAttack(id: string, root = corpusFolder): Attack {
  const folder = join(root, id);
  const described = readYaml(join(folder, 'attack.yaml'), attackSchema);
  const source = (['attack.ts', 'make.ts'] as const).filter((name) => existsSync(join(folder, name)));
  const [only] = source;
  if (only === undefined || source.length > 1) throw new UserError(`${folder} must hold one of attack.ts and make.ts`);
  if (only === 'attack.ts' && described.makes !== 'submission') throw new UserError(`${folder}: a ${described.makes} needs a make.ts`);
  return { ...described, id, class: id.split('/')[0] as string, folder, source: only };
}

const foldersOf = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'parts')
    .map(({ name }) => name)
    .toSorted();
