import { closeSync, constants, existsSync, lstatSync, openSync, opendirSync, type Dir } from 'node:fs';
import { join } from 'node:path';

import { codeOf, readPlainFile, type FileRead, type Path, type Refusal } from '../files.ts';
import { sortEntries, type Entry, type Folder, type Listing, type Refused } from './folder.ts';

/**
 * A folder of a stranger's, held open: on Linux what lies in it is reached through its descriptor, so that a link put in its place
 * meanwhile leads nowhere. Elsewhere by its path.
 */
export class HeldFolder implements Folder {
  readonly #descriptor: number | undefined;
  readonly #path: Path;

  private constructor(path: Path, descriptor: number | undefined) {
    this.#descriptor = descriptor;
    const held = `/proc/self/fd/${descriptor}`;
    this.#path = descriptor !== undefined && existsSync(held) ? held : path;
  }

  /** Opens a folder; with `stranger` a link to one is refused. */
  static open(path: Path, { stranger = false } = {}): HeldFolder | Refused {
    try {
      const before = stranger ? lstatSync(path) : undefined; // says what is refused: the system calls a link and a file the same
      if (before?.isSymbolicLink() === true) return { refusal: 'link' };
      if (before?.isDirectory() === false) return { refusal: 'not-plain' };
      if (process.platform === 'win32') return new HeldFolder(path, undefined); // folders are not opened there
      const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
      return new HeldFolder(path, openSync(path, O_RDONLY | O_DIRECTORY | (stranger ? O_NOFOLLOW : 0)));
    } catch (thrown) {
      const code = codeOf(thrown);
      if (code === undefined) throw thrown;
      return { refusal: refusals[code] ?? 'unreadable', code };
    }
  }

  /** A folder in this one. */
  open(name: Path): HeldFolder | Refused {
    return HeldFolder.open(pathIn(this.#path, name), { stranger: true });
  }

  /** A file in this folder. */
  read(name: Path, most: number): FileRead {
    return readPlainFile(pathIn(this.#path, name), { most, stranger: true });
  }

  /** What lies in it, by name: at most so many entries, and whether there are more. */
  list(most: number): Listing {
    const entries: Entry[] = [];
    const opened = openListing(this.#path);
    try {
      for (let entry = opened.readSync(); entry !== null; entry = opened.readSync()) {
        if (entries.length === most) return { entries: sortEntries(entries), more: true };
        entries.push({ name: entry.name as never, kind: kindOf(entry) });
      }
      return { entries: sortEntries(entries), more: false };
    } finally {
      opened.closeSync();
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
  }
}

const refusals: Readonly<Record<string, Refusal>> = { ENOENT: 'absent', ENAMETOOLONG: 'absent', ENOTDIR: 'not-plain', ELOOP: 'link' };

/** A path below another: in bytes where that one is no text. */
export function pathIn(folder: Path, name: Path): Path {
  if (typeof folder === 'string' && typeof name === 'string') return join(folder, name);
  return Buffer.concat([Buffer.from(folder), Buffer.from('/'), Buffer.from(name)]);
}

/** Node takes a path in bytes, and then gives names in bytes; its types do not know it. */
function openListing(path: Path): Dir {
  return opendirSync(Buffer.from(path), { encoding: 'buffer' as BufferEncoding });
}

function kindOf(entry: { isDirectory(): boolean; isFile(): boolean; isSymbolicLink(): boolean }): Entry['kind'] {
  if (entry.isDirectory()) return 'folder';
  if (entry.isFile()) return 'file';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
