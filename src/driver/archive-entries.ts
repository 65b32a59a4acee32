import { archiveLimits, type ArchiveContents, type ArchiveEntry, type ArchiveWish } from '../wire/archive.ts';

/** An archive that is not read at all: the message goes on after the archive's name, such as `is encrypted`. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused';
}

const mostStrays = 5; // told one by one; the others are counted
const longestShown = 80; // characters of a name in a sentence

/** Gathers what an archive holds, whatever its format, and keeps to the limits. */
export class ArchiveEntries {
  readonly #wanted: ReadonlySet<string>;
  readonly mostFileBytes: number;
  readonly #entries = new Map<string, ArchiveEntry>();
  readonly #strays: string[] = [];
  #strayCount = 0;
  #count = 0;
  #taken = 0;

  constructor({ wanted, mostFileBytes }: ArchiveWish) {
    this.#wanted = new Set(wanted);
    this.mostFileBytes = mostFileBytes;
  }

  /**
   * Takes one thing. `give` is asked for the bytes of a wanted file that is not too large, and throws `ArchiveRefused` where that file alone is to
   * be refused. `size` is what the archive says, bytes.
   */
  add(name: string, kind: ArchiveEntry['kind'], size: number, give: (most: number) => Uint8Array): void {
    if (++this.#count > archiveLimits.entries)
      throw new ArchiveRefused(`holds more than ${archiveLimits.entries.toLocaleString('en')} entries`);
    const path = this.#plainPath(name);
    if (path === undefined || path === '' || isAside(path)) return;
    const before = this.#entries.get(path);
    if (before !== undefined) {
      if (before.kind !== 'folder' || kind !== 'folder')
        this.#entries.set(path, { path, kind: 'other', refused: 'it stands twice in the archive' });
      return;
    }
    this.#entries.set(path, { path, kind, ...(kind === 'file' && this.#isWanted(path) ? this.#take(size, give) : {}) });
  }

  get contents(): ArchiveContents {
    const more = this.#strayCount - this.#strays.length;
    return { entries: [...this.#entries.values()], strays: [...this.#strays, ...(more > 0 ? [`${more} more of the kind`] : [])] };
  }

  #isWanted(path: string): boolean {
    return this.#wanted.has(path.split('/').slice(-2).join('/'));
  }

  #take(size: number, give: (most: number) => Uint8Array): Pick<ArchiveEntry, 'refused' | 'bytes'> {
    const tooLarge = { refused: `it is larger than ${this.mostFileBytes / 1024} KiB` };
    if (size > this.mostFileBytes) return tooLarge;
    try {
      const bytes = give(this.mostFileBytes);
      if (bytes.byteLength > this.mostFileBytes) return tooLarge;
      if (bytes.byteLength !== size) return { refused: 'it has another length than the archive says' };
      this.#taken += bytes.byteLength;
      if (this.#taken > archiveLimits.takenBytes)
        return { refused: `the exercises' files of the archive are larger than ${archiveLimits.takenBytes / 2 ** 20} MiB together` };
      return { bytes: Buffer.from(bytes).toString('base64') };
    } catch (error) {
      if (!(error instanceof ArchiveRefused)) throw error;
      return { refused: error.message };
    }
  }

  /** The path with single slashes and without steps that lead nowhere; undefined where its name alone is a reason to leave it aside. */
  #plainPath(name: string): string | undefined {
    const why = whyStray(name);
    if (why !== undefined) {
      this.#strayCount++;
      if (this.#strays.length < mostStrays) this.#strays.push(`${cut(name)}: ${why}`);
      return undefined;
    }
    return stepsOf(name).join('/');
  }
}

const stepsOf = (name: string) => name.split('/').filter((step) => step !== '' && step !== '.');

/** Why a thing of this name is left aside, whatever it is. */
function whyStray(name: string): string | undefined {
  if (Buffer.byteLength(name) > archiveLimits.nameBytes) return `its name is longer than ${archiveLimits.nameBytes} bytes`;
  if (name.includes('\0')) return 'its name holds a zero byte';
  if (name.includes('\\')) return 'its name holds a backslash; pack it with another program';
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return 'its name is absolute';
  const steps = stepsOf(name);
  if (steps.includes('..')) return 'its name leads out of the archive';
  return steps.length > archiveLimits.depth ? `it lies more than ${archiveLimits.depth} folders deep` : undefined;
}

/** What programs put beside a learner's work: it is never looked into, and many. */
const isAside = (path: string) => path.split('/').some((step) => step === 'node_modules' || step === '__MACOSX' || step.startsWith('.'));

function cut(name: string): string {
  const letters = Array.from(name.slice(0, 4 * longestShown)); // a name can have megabytes
  return letters.length > longestShown ? `${letters.slice(0, longestShown).join('')}…` : name;
}

/** Throws where the whole is larger unpacked than any honest archive. */
export function refuseBomb(packedBytes: number, unpackedBytes: number): void {
  if (unpackedBytes > archiveLimits.unpackedBytes)
    throw new ArchiveRefused(
      `unpacks to more than ${archiveLimits.unpackedBytes / 2 ** 20} MiB; leave out what is no exercise, such as node_modules`,
    );
  if (unpackedBytes > archiveLimits.smallBytes && unpackedBytes > archiveLimits.ratio * packedBytes)
    throw new ArchiveRefused(`unpacks to more than ${archiveLimits.ratio} times its size, as no honest work does`);
}
