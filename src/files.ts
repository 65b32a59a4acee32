import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file whole or not at all: beside it first, then renamed, so that a reader sees the old text or the new one. Returns the path. */
export async function writeWhole(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, path);
  } catch (thrown) {
    await rm(draft, { force: true });
    throw thrown;
  }
  return path;
}

/** A path as the system has it: bytes where it is no valid UTF-8. */
export type Path = string | Buffer;

/** Why a file was not read. `unreadable`: the system says no, for want of rights or for a disk that fails. */
export type Refusal = 'absent' | 'link' | 'not-plain' | 'hard-link' | 'too-large' | 'unreadable';

export type FileRead = { readonly bytes: Buffer } | { readonly refusal: Refusal; readonly code?: string };

export interface ReadRules {
  /** Bytes that are read at most; a file with more is refused. */
  readonly most: number;
  /** True for a file that a stranger has put there: no link is followed, and no file taken that has another name elsewhere. */
  readonly stranger?: boolean;
}

/**
 * Reads a plain file that may be anything: a pipe is not waited for, a device not opened, and what is judged is what was opened, so that
 * a file that is swapped or grows meanwhile gains nothing.
 */
export function readPlainFile(path: Path, { most, stranger = false }: ReadRules): FileRead {
  let descriptor: number | undefined;
  try {
    const before = stranger ? lstatSync(path) : undefined; // merely to open a device can act on it
    if (before?.isSymbolicLink() === true) return { refusal: 'link' };
    if (before?.isFile() === false) return { refusal: 'not-plain' };
    const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants; // Windows lacks the last two, which then change nothing
    descriptor = openSync(path, O_RDONLY | O_NONBLOCK | (stranger ? O_NOFOLLOW : 0));
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { refusal: 'not-plain' };
    if (stranger && stat.nlink > 1) return { refusal: 'hard-link' };
    if (stat.size > most) return { refusal: 'too-large' };
    const bytes = readUpTo(descriptor, stat.size, most);
    return bytes === undefined ? { refusal: 'too-large' } : { bytes };
  } catch (thrown) {
    return refuseFor(codeOf(thrown), thrown);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** All bytes of a file, whose size may have changed since it was asked for; undefined where there are more than allowed. */
function readUpTo(descriptor: number, size: number, most: number): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let total = 0; ;) {
    const part = Buffer.allocUnsafe(Math.min(Math.max(size - total, 4096 /* bytes: a page, to see the end */), most + 1 - total));
    const count = readSync(descriptor, part);
    if (count === 0) return Buffer.concat(parts);
    total += count;
    if (total > most) return undefined;
    parts.push(part.subarray(0, count));
  }
}

const refusals: Readonly<Record<string, Refusal>> = {
  ENOENT: 'absent',
  ENOTDIR: 'absent',
  ENAMETOOLONG: 'absent',
  ELOOP: 'link',
  ENXIO: 'not-plain', // a socket
  EISDIR: 'not-plain',
};

function refuseFor(code: string | undefined, thrown: unknown): FileRead {
  if (code === undefined) throw thrown;
  return { refusal: refusals[code] ?? 'unreadable', code };
}

/** The system's name of an error, such as `EACCES`; undefined of every other error. */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && 'syscall' in thrown ? thrown.code : undefined;
}

/** The value that a text of JSON spells; undefined where it spells none, which no JSON does. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // said by the caller
  }
}
