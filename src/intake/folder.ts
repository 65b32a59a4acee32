import type { Path, Refusal } from '../files.ts';

/** What lies in a folder: its name as the system has it, and what it is. */
export interface Entry {
  readonly name: Buffer;
  readonly kind: 'folder' | 'file' | 'link' | 'other';
}

/** Why something was not opened or read; `reason` says it where the refusal alone does not. */
export interface Refused {
  readonly refusal: Refusal;
  readonly code?: string;
  readonly reason?: string;
}

export type Read = { readonly bytes: Buffer } | Refused;

export interface Listing {
  /** By name, in the order of their bytes. */
  readonly entries: readonly Entry[];
  /** True where there are more. */
  readonly more: boolean;
}

/** A folder of a stranger's, wherever it lies: on the disk or in an archive. */
export interface Folder {
  /** A folder in this one; whoever opens it closes it. */
  open(name: Path): Folder | Refused;
  /** A file in this folder. */
  read(name: Path, most: number): Read;
  /** What lies in it: at most so many entries. */
  list(most: number): Listing;
  close(): void;
}

export const isRefused = (opened: object): opened is Refused => 'refusal' in opened;

export const sortEntries = (entries: readonly Entry[]) => entries.toSorted((one, other) => Buffer.compare(one.name, other.name));
