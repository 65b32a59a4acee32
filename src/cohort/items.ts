import { resolve } from 'node:path';

import { UserError } from '../errors.ts';
import type { Path } from '../files.ts';
import { decodeName } from '../intake/file-name.ts';
import { isRefused, type Entry } from '../intake/folder.ts';
import { HeldFolder, pathIn } from '../intake/held-folder.ts';
import type { Item } from '../intake/layouts/item.ts';

const mostEntries = 20_000; // of a cohort's folder; a large course has two thousand students

/** A thing in the cohort's folder, with its path. */
export interface PlacedItem extends Item {
  readonly path: Path;
}

/** What lies in the folder of a class, in the order of the names' bytes. */
export function listItems(folder: string): PlacedItem[] {
  const opened = HeldFolder.open(resolve(folder));
  if (!(opened instanceof HeldFolder)) {
    if (opened.refusal === 'unreadable')
      throw new UserError(`${folder} cannot be read (${opened.code}); give yourself the right to read it`);
    throw new UserError(`there is no folder ${folder}; name the folder that holds one folder or archive for each student`);
  }
  try {
    const { entries, more } = opened.list(mostEntries);
    if (more) throw new UserError(`${folder} holds more than ${mostEntries.toLocaleString('en')} entries; grade it in parts`);
    const root = Buffer.from(resolve(folder));
    return entries.map((entry) => placeItem(entry, root));
  } finally {
    opened.close();
  }
}

function placeItem({ name, kind }: Entry, root: Buffer): PlacedItem {
  const path = pathIn(root, name);
  return { name: decodeName(name), kind, path, isClone: () => holdsGit(path) };
}

function holdsGit(path: Path): boolean {
  const folder = HeldFolder.open(path, { stranger: true });
  if (isRefused(folder)) return false;
  const git = folder.open('.git');
  folder.close();
  if (isRefused(git)) return false;
  git.close();
  return true;
}
