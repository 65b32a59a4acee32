import type { Exercise } from '../course/exercise.ts';
import { isArchive, isOtherArchive } from './archive-name.ts';
import { decodeName } from './file-name.ts';
import { isRefused, type Entry, type Folder } from './folder.ts';
import { whyNoFolder } from './submission-notes.ts';

const mostDepth = 8; // folders between what was handed in and the exercises; three are seen in practice
const mostEntries = 20_000; // that are looked at in one submission; a checkout of the course has two thousand
const mostOfExercises = 2000; // entries of a folder that may be that of the exercises
const exerciseName = /^\d\d-([a-z0-9][a-z0-9-]*)$/;

/** A place below what was handed in: the names of the folders that lead there. */
export type Steps = readonly Buffer[];

/** A folder that holds exercises, in its own `exercises/` or directly. */
export interface Root {
  readonly steps: Steps;
  readonly inner: boolean;
}

/** What a search has come upon. */
export interface Search {
  readonly roots: readonly Root[];
  /** Archives that lie where a root could, as steps that end with their name. */
  readonly archives: readonly Steps[];
  /** What could have been a root and was not opened, in a sentence each. */
  readonly refused: readonly string[];
  /** Why the search did not look everywhere; what it found is then not certain to be all. */
  readonly cut: string | undefined;
  /** True where there was nothing at all. */
  readonly empty: boolean;
}

/**
 * Looks for the folders that hold exercises: the one handed in, or those below it. Below a folder that was found nothing more is sought, so that
 * a checkout of the whole course is one submission and not one for each copy of an exercise in it.
 */
export function searchFolder(top: Folder, exercises: readonly Exercise[]): Search {
  const found: Finding = { roots: [], archives: [], refused: [], waiting: [[]], seen: 0, cut: undefined };
  for (let steps = found.waiting.shift(); steps !== undefined && found.cut === undefined; steps = found.waiting.shift()) {
    const place = steps;
    const opened = within(top, place, (folder) => (lookAt(folder, place, exercises, found), true));
    if (opened !== true) found.refused.push(`${showSteps(place)} was not looked into: it cannot be opened`);
  }
  const { roots, archives, refused, cut, seen } = found;
  return { roots, archives, refused, empty: seen === 0, cut };
}

/** A search that is not over. */
interface Finding {
  readonly roots: Root[];
  readonly archives: Steps[];
  readonly refused: string[];
  /** Folders that are still to be looked at. */
  readonly waiting: Steps[];
  /** Entries that were looked at. */
  seen: number;
  cut: string | undefined;
}

function lookAt(folder: Folder, place: Steps, exercises: readonly Exercise[], found: Finding): void {
  const roots = rootsIn(folder, exercises, found.refused);
  found.roots.push(...roots.map((inner) => ({ steps: place, inner })));
  if (roots.length > 0) return;
  const { entries, more } = folder.list(mostEntries - found.seen);
  found.seen += entries.length;
  for (const entry of entries) sortIn(entry, place, found);
  if (more) found.cut = `it holds more than ${mostEntries.toLocaleString('en')} files and folders; leave out what is no exercise`;
}

/** Which kinds of root a folder is: `true` for one with `exercises/`, `false` for one that holds the exercises' folders itself. */
function rootsIn(folder: Folder, exercises: readonly Exercise[], refused: string[]): boolean[] {
  const inner = folder.open('exercises');
  try {
    const inside = !isRefused(inner) && holdsExercises(inner, exercises);
    if (isRefused(inner) && inner.refusal !== 'absent') refused.push(`exercises was not taken: ${whyNoFolder(inner)}`);
    return [...(inside ? [true] : []), ...(holdsExercises(folder, exercises) ? [false] : [])];
  } finally {
    if (!isRefused(inner)) inner.close();
  }
}

/** A folder called like an exercise that is asked for, whatever it is, or like any other and with a file called like it. */
function holdsExercises(folder: Folder, exercises: readonly Exercise[]): boolean {
  return exercises.some(({ id }) => isThere(folder, id)) || folder.list(mostOfExercises).entries.some((entry) => isExercise(folder, entry));
}

function isThere(folder: Folder, name: string): boolean {
  const opened = folder.open(name);
  if (isRefused(opened)) return opened.refusal !== 'absent';
  opened.close();
  return true;
}

function isExercise(folder: Folder, { name, kind }: Entry): boolean {
  const called = exerciseName.exec(decodeName(name))?.[1];
  if (kind !== 'folder' || called === undefined) return false;
  const opened = folder.open(name);
  if (isRefused(opened)) return false;
  try {
    const read = opened.read(`${called}.ts`, 0); // only whether it is there
    return !('refusal' in read && read.refusal === 'absent');
  } finally {
    opened.close();
  }
}

function sortIn({ name: bytes, kind }: Entry, place: Steps, found: Finding): void {
  const name = decodeName(bytes);
  if (name.startsWith('.') || name === 'node_modules' || name === '__MACOSX') return; // what programs put there
  if (name === 'exercises' && kind !== 'folder') return; // told already
  const steps = [...place, bytes];
  if (kind === 'folder') {
    if (steps.length > mostDepth) found.cut = `it has folders more than ${mostDepth} deep; hand in the folder that holds exercises/`;
    else found.waiting.push(steps);
  }
  if (kind === 'link' && (isArchive(name) || place.length === 0))
    found.refused.push(`${showSteps(steps)} is a link, which is not followed`);
  if (kind === 'file' && isArchive(name)) found.archives.push(steps);
  if (kind === 'file' && isOtherArchive(name))
    found.refused.push(`${showSteps(steps)} is an archive of a kind that is not read; pack it as zip or tar.gz`);
}

/** Does something with a folder some steps below another, and gives what it gives; undefined where a folder on the way cannot be opened. */
export function within<T>(top: Folder, steps: Steps, work: (folder: Folder) => T): T | undefined {
  const [first, ...rest] = steps;
  if (first === undefined) return work(top);
  const next = top.open(first);
  if (isRefused(next)) return undefined;
  try {
    return within(next, rest, work);
  } finally {
    next.close();
  }
}

const longestShown = 120; // characters of a path in a sentence

export function showSteps(steps: Steps): string {
  const path = steps.map(decodeName).join('/');
  const letters = Array.from(path);
  return letters.length > longestShown ? `${letters.slice(0, longestShown).join('')}…` : path;
}
