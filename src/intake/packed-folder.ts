import type { Path } from '../files.ts';
import type { ArchiveEntry } from '../wire/archive.ts';
import { sortEntries, type Folder, type Listing, type Read, type Refused } from './folder.ts';

type Node = Map<string, Node> | ArchiveEntry;

/** A folder in an archive that was read: it lies in memory, and nothing of it is ever written. */
export class PackedFolder implements Folder {
  readonly #nodes: ReadonlyMap<string, Node>;

  private constructor(nodes: ReadonlyMap<string, Node>) {
    this.#nodes = nodes;
  }

  static of(entries: readonly ArchiveEntry[]): PackedFolder {
    const root = new Map<string, Node>();
    for (const entry of entries) place(root, entry);
    return new PackedFolder(root);
  }

  open(name: Path): Folder | Refused {
    const node = this.#nodes.get(String(name));
    if (node === undefined) return { refusal: 'absent' };
    if (node instanceof Map) return new PackedFolder(node);
    return { refusal: node.kind === 'link' ? 'link' : 'not-plain', ...(node.refused === undefined ? {} : { reason: node.refused }) };
  }

  read(name: Path, most: number): Read {
    const node = this.#nodes.get(String(name));
    if (node === undefined) return { refusal: 'absent' };
    if (node instanceof Map) return { refusal: 'not-plain' };
    if (node.refused !== undefined) return { refusal: 'not-plain', reason: node.refused };
    if (node.kind !== 'file') return { refusal: node.kind === 'link' ? 'link' : 'not-plain' };
    if (node.bytes === undefined) return { refusal: 'not-plain', reason: 'it is no file of an exercise' };
    const bytes = Buffer.from(node.bytes, 'base64');
    return bytes.length > most ? { refusal: 'too-large' } : { bytes };
  }

  list(most: number): Listing {
    const entries = sortEntries([...this.#nodes].map(([name, node]) => ({ name: Buffer.from(name), kind: kindOf(node) })));
    return { entries: entries.slice(0, most), more: entries.length > most };
  }

  close(): void {
    // nothing is held open
  }
}

const kindOf = (node: Node) => (node instanceof Map ? 'folder' : node.kind);

/** Puts an entry into the tree, with the folders above it, which an archive need not name. What is a file and a folder at once is neither. */
function place(root: Map<string, Node>, entry: ArchiveEntry): void {
  const steps = entry.path.split('/');
  const last = steps.pop() as string;
  let folder = root;
  for (const step of steps) {
    const next = folder.get(step) ?? new Map<string, Node>();
    if (!(next instanceof Map)) {
      folder.set(step, contradiction(next.path));
      return;
    }
    folder.set(step, next);
    folder = next;
  }
  const before = folder.get(last);
  if (before === undefined) folder.set(last, entry.kind === 'folder' ? new Map() : entry);
  else if (!(before instanceof Map && entry.kind === 'folder')) folder.set(last, contradiction(entry.path));
}

const contradiction = (path: string): ArchiveEntry => ({ path, kind: 'other', refused: 'it is a file and a folder in the archive' });
