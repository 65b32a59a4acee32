import { existsSync, readdirSync } from 'node:fs';

import type { Exercise } from '../course/exercise.ts';
import type { Refusal } from '../files.ts';
import { decodeName, listNames } from './file-name.ts';
import type { Folder, Refused } from './folder.ts';

/** What is said of a submission's files that were not taken: a sentence each, and never long, whatever they are called. */

const mostEntries = 2000; // of a folder that are looked at; an exercise's has some ten

const refusals: Readonly<Record<Exclude<Refusal, 'unreadable'>, string>> = {
  absent: 'it is not there',
  link: 'it is not a plain file',
  'not-plain': 'it is not a plain file',
  'hard-link': 'it is a hard link',
  'too-large': 'it is too large',
};

/** Why a file was not taken, such as `it is a hard link`. */
export function whyRefused({ refusal, code, reason }: Refused, mostBytes?: number): string {
  if (reason !== undefined) return reason;
  if (refusal === 'too-large' && mostBytes !== undefined) return `it is larger than ${mostBytes / 1024} KiB`;
  return refusal === 'unreadable' ? `it cannot be read (${code ?? 'for an unknown reason'})` : refusals[refusal];
}

/** Why nothing was taken from what should be a folder. */
export function whyNoFolder(refused: Refused): string {
  return refused.refusal === 'unreadable' || refused.reason !== undefined ? whyRefused(refused) : 'it is no folder';
}

/** Folders that look like exercises and are none that is graded. */
export function nameUnknown(held: Folder, prefix: string, exercises: readonly Exercise[]): string[] {
  const known = new Set(exercises.map(({ id }) => id));
  const { entries, more } = held.list(mostEntries);
  const others = entries
    .filter(({ kind }) => kind === 'folder')
    .map(({ name }) => decodeName(name))
    .filter((name) => /^\d\d-/.test(name) && !known.has(name));
  return [
    ...(others.length === 0 ? [] : [`not graded, because not asked for or no exercise of this course: ${listNames(others)}`]),
    ...(more ? [tooMany(prefix === '' ? 'the submission' : 'exercises')] : []),
  ];
}

/** Files beside the learner's; what came with the exercise is not worth a word. */
export function nameExtras({ id, files, given, folder: own }: Exercise, folder: Folder, prefix: string): string[] {
  const { entries, more } = folder.list(mostEntries);
  const known = new Set([...files, ...given, ...(existsSync(own) ? readdirSync(own) : [])]);
  const extra = entries.map(({ name }) => decodeName(name)).filter((name) => !known.has(name));
  return [
    ...(extra.length === 0 ? [] : [`${id}: ignored ${listNames(extra)}; only ${files.join(', ')} is the learner's`]),
    ...(more ? [tooMany(`${prefix}${id}`)] : []),
  ];
}

const tooMany = (folder: string) =>
  `${folder} holds more than ${mostEntries.toLocaleString('en')} entries, of which only so many were looked at`;
