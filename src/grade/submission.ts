import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

import type { Exercise } from '../course/exercise.ts';
import { UserError } from '../errors.ts';
import type { ModuleText } from '../compile/learner.ts';

const maxFileBytes = 256 * 1024; // a solution has some 3 kB; more is not typed by hand

export interface SubmittedFile {
  /** Relative to the submission, such as `exercises/10-causal-attention/causal-attention.ts`. */
  readonly path: string;
  readonly sha256: string;
}

/** What was handed in, as text: only the files that exercise.yaml names, and notes on everything else. */
export interface Submission {
  readonly name: string;
  readonly sha256: string;
  /** By exercise id; absent where nothing was handed in. */
  readonly modules: Readonly<Record<string, ModuleText>>;
  readonly files: Readonly<Record<string, readonly SubmittedFile[]>>;
  readonly notes: readonly string[];
}

/** Reads a submission's folder: `exercises/NN-name/file.ts`, or the same without `exercises/`. */
export function readSubmission(folder: string, exercises: readonly Exercise[]): Submission {
  const root = resolve(folder);
  if (!existsSync(root)) throw new UserError(`there is no folder ${folder}; name the folder that holds the submission`);
  if (!statSync(root).isDirectory()) throw new UserError(`${folder} is not a folder; unpack the submission first and name its folder`);
  const inner = lstatSync(join(root, 'exercises'), { throwIfNoEntry: false });
  const base = inner?.isDirectory() === true ? join(root, 'exercises') : root; // a link could lead to the solutions
  const found = exercises.flatMap((exercise) => readExerciseFiles(exercise, base, root));
  const misplaced = inner?.isDirectory() === false ? ['exercises was not taken: it is no folder'] : [];
  const notes = [...misplaced, ...found.flatMap(({ notes }) => notes), ...strangers(base, exercises)];
  const taken = found.filter(({ module }) => module !== undefined);
  const digest = createHash('sha256').update(JSON.stringify(taken.map(({ files }) => files)));
  return {
    name: basename(root),
    sha256: digest.digest('hex'),
    modules: Object.fromEntries(taken.map(({ id, module }) => [id, module as ModuleText])),
    files: Object.fromEntries(taken.map(({ id, files }) => [id, files])),
    notes,
  };
}

interface ReadFiles {
  readonly id: string;
  readonly module: ModuleText | undefined;
  readonly files: readonly SubmittedFile[];
  readonly notes: readonly string[];
}

function readExerciseFiles(exercise: Exercise, base: string, root: string): ReadFiles {
  const { id, files: wanted } = exercise;
  const files: SubmittedFile[] = [];
  const texts: Record<string, string> = {};
  const notes: string[] = [];
  for (const name of wanted) {
    const path = join(base, id, name);
    const refusal = whyRefused(path);
    const shown = relative(root, path);
    if (refusal === 'absent') continue;
    if (refusal !== undefined) notes.push(`${shown} was not taken: ${refusal}`);
    else {
      const text = readFileSync(path);
      texts[name] = text.toString('utf8');
      files.push({ path: shown, sha256: createHash('sha256').update(text).digest('hex') });
    }
  }
  notes.push(...changedGiven(exercise, base, root));
  const entry = wanted[0] as string;
  return { id, files, notes, module: entry in texts ? { key: id, entry, files: texts } : undefined };
}

/** Files that come with the exercise and were handed in changed. The kit's own copies are used in any case, so one that was not changed is not worth a word. */
function changedGiven({ id, folder, given }: Exercise, base: string, root: string): string[] {
  const changed = given.filter((name) => {
    const path = join(base, id, name);
    const refusal = whyRefused(path);
    return refusal === undefined ? !readFileSync(path).equals(readFileSync(join(folder, name))) : refusal !== 'absent';
  });
  return changed.map(
    (name) => `${relative(root, join(base, id, name))} was not taken: it comes with the exercise, and the kit's own is used`,
  );
}

/** Links, folders, devices and giants are never read. */
function whyRefused(path: string): string | undefined {
  const folder = lstatSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isSymbolicLink() === true) return 'its folder is a link';
  const stat = folder?.isDirectory() === true ? lstatSync(path, { throwIfNoEntry: false }) : undefined;
  if (stat === undefined) return 'absent';
  if (!stat.isFile()) return 'it is not a plain file';
  if (stat.nlink > 1) return 'it is a hard link';
  return stat.size > maxFileBytes ? `it is larger than ${maxFileBytes / 1024} KiB` : undefined;
}

function strangers(base: string, exercises: readonly Exercise[]): string[] {
  const known = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  const entries = readdirSync(base, { withFileTypes: true });
  const others = entries
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name) && !known.has(entry.name))
    .map(({ name }) => name);
  const notes = others.length === 0 ? [] : [`not graded, because not asked for or no exercise of this course: ${listed(others)}`];
  for (const entry of entries) {
    const exercise = known.get(entry.name);
    if (exercise === undefined) continue;
    if (!entry.isDirectory()) notes.push(`${entry.name} was not taken: it is no folder`);
    else notes.push(...extras(join(base, entry.name), exercise));
  }
  return notes;
}

/** Files beside the learner's; what came with the exercise is not worth a word. */
function extras(folder: string, { id, files, given, folder: own }: Exercise): string[] {
  const extra = readdirSync(folder).filter((name) => ![...files, ...given].includes(name) && !existsSync(join(own, name)));
  return extra.length === 0 ? [] : [`${id}: ignored ${listed(extra)}; only ${files.join(', ')} is the learner's`];
}

const listed = (names: readonly string[]) => `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
