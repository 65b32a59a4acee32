import { basename, resolve } from 'node:path';

import { unpackBehindWall } from '../box/archive-wall.ts';
import type { Level } from '../box/levels.ts';
import type { Exercise } from '../course/exercise.ts';
import { UserError } from '../errors.ts';
import { readPlainFile, type Path } from '../files.ts';
import { archiveLimits } from '../wire/archive.ts';
import { isArchive } from './archive-name.ts';
import { decodeName, listNames } from './file-name.ts';
import { isRefused, type Folder, type Read, type Refused } from './folder.ts';
import { HeldFolder } from './held-folder.ts';
import { NothingToGrade } from './nothing-to-grade.ts';
import { PackedFolder } from './packed-folder.ts';
import { searchFolder, showSteps, within, type Root, type Search, type Steps } from './search.ts';
import { maxFileBytes, takeFiles, type Choice, type Submission } from './submission.ts';
import { whyRefused } from './submission-notes.ts';

const mostArchives = 4; // of one submission that are opened: each costs a box

/** Where a submission lies and under what name it is shown. */
export interface HandedIn {
  /** A folder, or an archive. */
  readonly path: Path;
  /** As it is called where nothing is said. */
  readonly name?: string;
}

/**
 * Reads a submission: the files that exercise.yaml names, below the one folder that holds exercises, in the folder handed in, deeper, or in an
 * archive. Throws `NothingToGrade` where there is none or more than one, and `UserError` where the path itself is a mistake.
 */
export async function readSubmission(
  { path, name = nameOf(path) }: HandedIn,
  exercises: readonly Exercise[],
  level: Level,
): Promise<Submission> {
  const top = openTop(path);
  if ('bytes' in top) {
    const packed = await openArchive({ shown: nameOf(path), bytes: top.bytes }, exercises, level);
    return { name, ...takeOnly(packed, exercises) };
  }
  try {
    const looked = lookAround(top, exercises);
    const looks = [looked];
    for (const steps of looked.archives.slice(0, mostArchives)) {
      const read = readArchiveFile(top, steps);
      looks.push(
        isRefused(read)
          ? refusedOnly(`${showSteps(steps)} was not opened: ${whyNotOpened(read)}`)
          : await openArchive({ shown: showSteps(steps), bytes: read.bytes }, exercises, level),
      );
    }
    return { name, ...takeOnly(join(looks), exercises) };
  } finally {
    top.close();
  }
}

/** The same where no archive is opened: what a folder holds, and no more. */
export function readFolder(path: Path, exercises: readonly Exercise[]): Submission {
  const top = openTop(path);
  if ('bytes' in top) throw new UserError(`${nameOf(path)} is not a folder; unpack the submission first and name its folder`);
  try {
    return { name: nameOf(path), ...takeOnly(lookAround(top, exercises), exercises) };
  } finally {
    top.close();
  }
}

function nameOf(path: Path): string {
  if (typeof path === 'string') return basename(resolve(path));
  return decodeName(path.subarray(path.lastIndexOf('/') + 1));
}

function openTop(path: Path): HeldFolder | { readonly bytes: Buffer } {
  const opened = HeldFolder.open(typeof path === 'string' ? resolve(path) : path);
  if (opened instanceof HeldFolder) return opened;
  const shown = typeof path === 'string' ? path : nameOf(path);
  if (opened.refusal === 'absent') throw new UserError(`there is no folder ${shown}; name the folder that holds the submission`);
  if (opened.refusal !== 'not-plain')
    throw new NothingToGrade(
      'unreadable',
      `${shown} cannot be read (${opened.code ?? opened.refusal}); give yourself the right to read it, and grade it again`,
    );
  if (!isArchive(shown)) throw new UserError(`${shown} is neither a folder nor a zip or tar.gz; name the folder that holds the submission`);
  const read = readPlainFile(path, { most: archiveLimits.packedBytes });
  if ('bytes' in read) return read;
  throw new NothingToGrade('unreadable', `${shown} was not opened: ${whyNotOpened(read)}`);
}

const whyNotOpened = (refused: Refused) =>
  refused.refusal === 'too-large'
    ? `it is larger than ${archiveLimits.packedBytes / 2 ** 20} MiB; leave out what is no exercise, such as node_modules`
    : whyRefused(refused);

/** What was found in one place or in several. */
interface Look extends Pick<Search, 'archives' | 'refused' | 'empty' | 'cut'> {
  readonly choices: readonly Choice[];
}

const refusedOnly = (sentence: string): Look => ({ choices: [], archives: [], refused: [sentence], empty: false, cut: undefined });

function join(looks: readonly Look[]): Look {
  return {
    choices: looks.flatMap(({ choices }) => choices),
    archives: looks.flatMap(({ archives }) => archives),
    refused: looks.flatMap(({ refused }) => refused),
    empty: looks.every(({ empty }) => empty),
    cut: looks.find(({ cut }) => cut !== undefined)?.cut,
  };
}

function lookAround(folder: Folder, exercises: readonly Exercise[], within: readonly string[] = []): Look {
  const { roots, archives, refused, cut, empty } = searchFolder(folder, exercises);
  const choices = roots.map((root) => ({ folder, root, where: showRoot(root, within) }));
  const tooMany = archives.length > mostArchives ? [`it holds ${archives.length} archives, of which ${mostArchives} were opened`] : [];
  return { choices, archives, refused: [...refused, ...tooMany], empty, cut };
}

/** Such as `work.zip/unroll-main/exercises`. */
const showRoot = ({ steps, inner }: Root, within: readonly string[]) =>
  [...within, ...(steps.length > 0 ? [showSteps(steps)] : []), ...(inner ? ['exercises'] : [])].join('/') || topFolder;

const topFolder = 'the top folder';

function readArchiveFile(top: Folder, steps: Steps): Read {
  const name = steps.at(-1) as Buffer;
  return within(top, steps.slice(0, -1), (folder) => folder.read(name, archiveLimits.packedBytes)) ?? { refusal: 'unreadable' };
}

interface Archive {
  readonly shown: string;
  readonly bytes: Buffer;
}

async function openArchive({ shown, bytes }: Archive, exercises: readonly Exercise[], level: Level): Promise<Look> {
  const wanted = exercises.flatMap(({ id, files, given }) => [...files, ...given].map((name) => `${id}/${name}`));
  const reading = await unpackBehindWall(bytes, { wanted, mostFileBytes: maxFileBytes }, level);
  if ('refused' in reading) return refusedOnly(`${shown} ${reading.refused}`);
  const { entries, strays } = reading.contents;
  const look = lookAround(PackedFolder.of(entries), exercises, [shown]);
  const nested = look.archives.map(
    (steps) => `${showSteps(steps)} is an archive within an archive, which is not opened; pack the files themselves`,
  );
  const told = [...look.refused, ...nested, ...strays].map((sentence) => `${shown}: ${sentence}`);
  return { ...look, archives: [], refused: told };
}

/** Takes the one choice that there is. */
function takeOnly({ choices, refused, empty, cut }: Look, exercises: readonly Exercise[]): Omit<Submission, 'name'> {
  const [only, ...others] = choices;
  if (cut !== undefined) throw new NothingToGrade('unreadable', `not all of it was looked at: ${cut}`);
  if (only === undefined) throw nothingIn(refused, empty);
  if (others.length > 0)
    throw new NothingToGrade(
      'unreadable',
      `it is not clear what was handed in: exercises are in ${listNames(choices.map(({ where }) => where))}; leave one of them`,
    );
  const taken = takeFiles(only, exercises);
  const from = [topFolder, 'exercises'].includes(only.where) ? [] : [`taken from ${listNames([only.where])}`];
  return { ...taken, notes: [...new Set([...from, ...taken.notes, ...refused])] };
}

const mostReasons = 4; // told of one submission

function nothingIn(refused: readonly string[], empty: boolean): NothingToGrade {
  if (refused.length === 0)
    return new NothingToGrade(
      'nothing-found',
      empty ? 'it is empty' : 'it holds no exercises/ and no folder of an exercise such as 01-elman-step, in no folder of it',
    );
  const more = refused.length - mostReasons;
  const told = [...refused.slice(0, mostReasons), ...(more > 0 ? [`${more} more things were refused`] : [])];
  return new NothingToGrade('unreadable', `no exercises were found, and not everything could be read: ${told.join('; ')}`);
}
