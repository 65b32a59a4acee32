/** What a stranger's archive holds, as the program that reads it (`driver/unpack.ts`) tells it to the grader. */

/** A thing in an archive, by its path there: plain names joined by `/`, none of them `.` or `..`. */
export interface ArchiveEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Why a file's bytes are not given though they are wanted: goes on after `was not taken: `. */
  readonly refused?: string;
  /** The bytes of a wanted file, in base 64. */
  readonly bytes?: string;
}

export interface ArchiveContents {
  readonly entries: readonly ArchiveEntry[];
  /** What was left aside for its name alone, such as `../x: its name leads out of the archive`; the first few, and how many more. */
  readonly strays: readonly string[];
}

/** What the reader of archives is asked for. */
export interface ArchiveWish {
  /** Exercises' files whose bytes are wanted, as the last two names of their path: `10-causal-attention/causal-attention.ts`. */
  readonly wanted: readonly string[];
  /** Bytes of one wanted file at most. */
  readonly mostFileBytes: number;
}

/**
 * Limits of an archive. What is beyond them as a whole is not read at all; the whole course is 1,313 files, 4.7 MB, and 1.1 MB packed.
 */
export const archiveLimits = {
  packedBytes: 16 * 2 ** 20, // of the archive: the course with its history fits, node_modules does not
  unpackedBytes: 64 * 2 ** 20, // of all files together
  ratio: 200, // of unpacked to packed bytes; text packs to a fifth, a drawing as text to a fiftieth
  smallBytes: 2 ** 20, // unpacked, below which a ratio says nothing: zeros of a tar's blocks alone reach it
  entries: 20_000, // the course with its history has some thousands
  nameBytes: 1024, // of a path; the course's longest has 70
  depth: 32, // names in a path; the course's deepest has 6
  takenBytes: 4 * 2 ** 20, // of all wanted files together: all solutions of the course are 72 kB
} as const;
