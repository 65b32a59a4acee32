import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ModuleText } from '../compile/learner.ts';
import type { Exercise } from '../course/exercise.ts';
import { isRefused, type Folder } from './folder.ts';
import { NothingToGrade } from './nothing-to-grade.ts';
import { within, type Root } from './search.ts';
import { readSource } from './source-text.ts';
import { nameExtras, nameUnknown, whyNoFolder, whyRefused } from './submission-notes.ts';

export const maxFileBytes = 256 * 1024; // a solution has some 3 kB; more is not typed by hand

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

/** A root of exercises in an open folder, and in words where it lies. */
export interface Choice {
  readonly folder: Folder;
  readonly root: Root;
  readonly where: string;
}

/** Takes what is handed in below a root. */
export function takeFiles({ folder, root, where }: Choice, exercises: readonly Exercise[]): Omit<Submission, 'name'> {
  const taken = within(folder, root.steps, (held) => readRoot(held, root.inner, exercises));
  if (taken === undefined) throw new NothingToGrade('unreadable', `${where} was there and cannot be opened any more; grade it again`);
  return taken;
}

function readRoot(root: Folder, isInner: boolean, exercises: readonly Exercise[]): Omit<Submission, 'name'> {
  const inner = root.open('exercises');
  const base = isInner && !isRefused(inner) ? { held: inner, prefix: 'exercises/' } : { held: root, prefix: '' };
  try {
    const found = exercises.map((exercise) => readExercise(exercise, base));
    const misplaced = isRefused(inner) && inner.refusal !== 'absent' ? [`exercises was not taken: ${whyNoFolder(inner)}`] : [];
    const notes = [
      ...misplaced,
      ...found.flatMap(({ notes }) => notes),
      ...nameUnknown(base.held, base.prefix, exercises),
      ...found.flatMap(({ extras }) => extras),
    ];
    const taken = found.filter(({ module }) => module !== undefined);
    return {
      sha256: digest(taken),
      modules: Object.fromEntries(taken.map(({ id, module }) => [id, module as ModuleText])),
      files: Object.fromEntries(taken.map(({ id, files }) => [id, files])),
      notes,
    };
  } finally {
    if (!isRefused(inner)) inner.close();
  }
}

/** Of the files that were taken, wherever they lay: the same work has the same digest in a folder, a folder deeper, and in an archive. */
function digest(taken: readonly ReadFiles[]): string {
  const files = taken.map(({ id, files }) =>
    files.map(({ path, sha256 }) => ({ path: `exercises/${id}/${path.slice(path.lastIndexOf('/') + 1)}`, sha256 })),
  );
  return createHash('sha256').update(JSON.stringify(files)).digest('hex');
}

/** The folder that holds those of the exercises, and how paths in it begin. */
interface Base {
  readonly held: Folder;
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
  if (!isRefused(folder)) {
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

function readFiles(exercise: Exercise, folder: Folder, prefix: string): Omit<ReadFiles, 'extras'> {
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
function readFile(folder: Folder, name: string): Taken | { readonly refused: string } | undefined {
  const read = folder.read(name, maxFileBytes);
  if (isRefused(read)) return read.refusal === 'absent' ? undefined : { refused: whyRefused(read, maxFileBytes) };
  const source = readSource(read.bytes);
  return 'refused' in source ? source : { ...source, sha256: createHash('sha256').update(read.bytes).digest('hex') };
}

/** Files that come with the exercise and were handed in changed. The kit's own copies are used in any case, so one that was not changed is not worth a word. */
function changedGiven({ id, folder: own, given }: Exercise, folder: Folder, prefix: string): string[] {
  const changed = given.filter((name) => {
    const read = folder.read(name, maxFileBytes);
    return isRefused(read) ? read.refusal !== 'absent' : !read.bytes.equals(readFileSync(join(own, name)));
  });
  return changed.map((name) => `${prefix}${id}/${name} was not taken: it comes with the exercise, and the kit's own is used`);
}
