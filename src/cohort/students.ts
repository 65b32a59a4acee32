import { resolve } from 'node:path';

import { UserError } from '../errors.ts';
import type { Path } from '../files.ts';
import { decodeName, listNames } from '../grade/file-name.ts';
import { HeldFolder, pathIn, type Entry } from '../grade/held-folder.ts';
import { homeOf } from './home.ts';

export interface Student {
  /** What the folder is called: a text like any other, and never a part of a path or an address. */
  readonly name: string;
  /** Folder of the submission, as the system calls it. */
  readonly folder: Path;
  /** Where the student's results go, relative to the cohort's, such as `students/001-ada`. */
  readonly home: string;
  /** Why the folder is not even opened, in a sentence; absent where nothing speaks against it. */
  readonly refused?: string;
}

export interface Cohort {
  /** In the order of their names, which is the same on every machine. */
  readonly students: readonly Student[];
  /** What lies beside them and is not graded, in a sentence each. */
  readonly notes: readonly string[];
}

const mostEntries = 20_000; // of a cohort's folder; a large course has two thousand students

/** A cohort is a folder of submissions, one a student, named by the student. */
export function readCohort(folder: string): Cohort {
  const entries = listFolder(folder);
  const handedIn = entries.filter(isSubmission);
  if (handedIn.length === 0) throw new UserError(`${folder} holds no submissions; put one folder for each student into it`);
  const root = Buffer.from(resolve(folder));
  const students = handedIn.map(({ name: bytes, kind }, index) => {
    const name = decodeName(bytes);
    const student = { name, folder: pathIn(root, bytes), home: homeOf(name, index + 1, handedIn.length) };
    return kind === 'link'
      ? { ...student, refused: 'the folder is a link, which is not followed; put the folder itself in its place' }
      : student;
  });
  const ignored = entries.filter((entry) => !isSubmission(entry) && (entry.kind !== 'file' || !isHidden(entry)));
  const names = listNames(ignored.map(({ name }) => decodeName(name)));
  return { students, notes: ignored.length === 0 ? [] : [`Not graded, because no folder or a hidden one: ${names}.`] };
}

function listFolder(folder: string): readonly Entry[] {
  const opened = HeldFolder.open(resolve(folder));
  if (!(opened instanceof HeldFolder)) {
    if (opened.refusal === 'unreadable')
      throw new UserError(`${folder} cannot be read (${opened.code}); give yourself the right to read it`);
    throw new UserError(`there is no folder ${folder}; name the folder that holds one folder for each student`);
  }
  try {
    const { entries, more } = opened.list(mostEntries);
    if (more) throw new UserError(`${folder} holds more than ${mostEntries.toLocaleString('en')} entries; grade it in parts`);
    return entries;
  } finally {
    opened.close();
  }
}

const isHidden = ({ name }: Entry) => name[0] === '.'.charCodeAt(0);
const isSubmission = (entry: Entry) => (entry.kind === 'folder' || entry.kind === 'link') && !isHidden(entry);
