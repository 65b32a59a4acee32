import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import type { ModuleText } from '../compile/learner.ts';
import type { Exercise } from '../course/exercise.ts';
import { UserError } from '../errors.ts';
import type { Path } from '../files.ts';
import { decodeName } from './file-name.ts';
import { HeldFolder } from './held-folder.ts';
import { readSource } from './source-text.ts';
import { nameExtras, nameUnknown, whyNoFolder, whyRefused } from './submission-notes.ts';

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
export function readSubmission(folder: Path, exercises: readonly Exercise[]): Submission {
  const root = openRoot(folder);
  try {
    return { name: nameOf(folder), ...readRoot(root, exercises) };
  } finally {
    root.close();
  }
}

function nameOf(folder: Path): string {
  if (typeof folder === 'string') return basename(resolve(folder));
  return decodeName(folder.subarray(folder.lastIndexOf('/') + 1));
}

function openRoot(folder: Path): HeldFolder {
  const opened = HeldFolder.open(typeof folder === 'string' ? resolve(folder) : folder);
  if (opened instanceof HeldFolder) return opened;
  const shown = typeof folder === 'string' ? folder : nameOf(folder);
  if (opened.refusal === 'absent') throw new UserError(`there is no folder ${shown}; name the folder that holds the submission`);
  if (opened.refusal === 'not-plain') throw new UserError(`${shown} is not a folder; unpack the submission first and name its folder`);
  throw new UserError(`${shown} cannot be read (${opened.code ?? opened.refusal}); give yourself the right to read it, and grade it again`);
}

function readRoot(root: HeldFolder, exercises: readonly Exercise[]): Omit<Submission, 'name'> {
  const inner = root.open('exercises');
  const base = inner instanceof HeldFolder ? { held: inner, prefix: 'exercises/' } : { held: root, prefix: '' };
  try {
    const found = exercises.map((exercise) => readExercise(exercise, base));
    const misplaced = inner instanceof HeldFolder || inner.refusal === 'absent' ? [] : [`exercises was not taken: ${whyNoFolder(inner)}`];
    const notes = [
      ...misplaced,
      ...found.flatMap(({ notes }) => notes),
      ...nameUnknown(base.held, base.prefix, exercises),
      ...found.flatMap(({ extras }) => extras),
    ];
    const taken = found.filter(({ module }) => module !== undefined);
    const digest = createHash('sha256').update(JSON.stringify(taken.map(({ files }) => files)));
    return {
      sha256: digest.digest('hex'),
      modules: Object.fromEntries(taken.map(({ id, module }) => [id, module as ModuleText])),
      files: Object.fromEntries(taken.map(({ id, files }) => [id, files])),
      notes,
    };
  } finally {
    if (inner instanceof HeldFolder) inner.close();
  }
}

/** The folder that holds those of the exercises, and how paths in it begin. */
interface Base {
  readonly held: HeldFolder;
  readonly prefix: string;
}

interface ReadFiles {
  readonly id: string;
  readonly module: ModuleText | undefined;
  readonly files: readonly SubmittedFile[];
  readonly notes: readonly string[];
  /** Notes on what lies beside the learner's files. */
  readonly extras: readonly string[];
}

function readExercise(exercise: Exercise, { held, prefix }: Base): ReadFiles {
  const { id } = exercise;
  const folder = held.open(id);
  if (folder instanceof HeldFolder) {
    try {
      return { ...readFiles(exercise, folder, prefix), extras: nameExtras(exercise, folder, prefix) };
    } finally {
      folder.close();
    }
  }
  const links = folder.refusal === 'link' ? exercise.files.map((name) => `${prefix}${id}/${name} was not taken: its folder is a link`) : [];
  const extras = folder.refusal === 'absent' ? [] : [`${prefix}${id} was not taken: ${whyNoFolder(folder)}`];
  return { id, module: undefined, files: [], notes: links, extras };
}

function readFiles(exercise: Exercise, folder: HeldFolder, prefix: string): Omit<ReadFiles, 'extras'> {
  const { id, files: wanted } = exercise;
  const files: SubmittedFile[] = [];
  const texts: Record<string, string> = {};
  const notes: string[] = [];
  for (const name of wanted) {
    const path = `${prefix}${id}/${name}`;
    const read = readFile(folder, name);
    if (read === undefined) continue;
    if ('refused' in read) notes.push(`${path} was not taken: ${read.refused}`);
    else {
      if (read.doubt !== undefined) notes.push(`${path}: ${read.doubt}`);
      texts[name] = read.text;
      files.push({ path, sha256: read.sha256 });
    }
  }
  notes.push(...changedGiven(exercise, folder, prefix));
  const entry = wanted[0] as string;
  return { id, files, notes, module: entry in texts ? { key: id, entry, files: texts } : undefined };
}

interface Taken {
  readonly text: string;
  readonly doubt?: string;
  readonly sha256: string;
}

/** A learner's file as text, and the digest of the bytes that were read; undefined where there is none. */
function readFile(folder: HeldFolder, name: string): Taken | { readonly refused: string } | undefined {
  const read = folder.read(name, maxFileBytes);
  if ('refusal' in read) return read.refusal === 'absent' ? undefined : { refused: whyRefused(read, maxFileBytes) };
  const source = readSource(read.bytes);
  return 'refused' in source ? source : { ...source, sha256: createHash('sha256').update(read.bytes).digest('hex') };
}

/** Files that come with the exercise and were handed in changed. The kit's own copies are used in any case, so one that was not changed is not worth a word. */
function changedGiven({ id, folder: own, given }: Exercise, folder: HeldFolder, prefix: string): string[] {
  const changed = given.filter((name) => {
    const read = folder.read(name, maxFileBytes);
    return 'bytes' in read ? !read.bytes.equals(readFileSync(join(own, name))) : read.refusal !== 'absent';
  });
  return changed.map((name) => `${prefix}${id}/${name} was not taken: it comes with the exercise, and the kit's own is used`);
}
