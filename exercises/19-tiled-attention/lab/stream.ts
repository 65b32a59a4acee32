// What the checks of a million tokens read with: cheap numbers, tensors on the host, and an eye on the memory of the learner's process.
import { type Examination, HostTensor, type MemoryUse, type Random, type Tree } from '#authoring';

export type Answer = Readonly<Record<string, HostTensor>>;

export const float32 = (shape: number[], data: ArrayLike<number>) => new HostTensor(shape, 'float32', Float32Array.from(data));

/** The parts of an answer that were in the state before, and as many numbers in each. */
export function named(answer: Tree, state: Answer, require: Examination['require']): Answer {
  const parts = Object.entries(state).map(([name, { data }]): [string, HostTensor] => {
    const part = (answer as Partial<Answer>)[name];
    require(part instanceof HostTensor &&
      part.data.length === data.length, `the answer to a tile has no tensor ${name} of ${data.length} numbers`);
    return [name, part as HostTensor];
  });
  return Object.fromEntries(parts);
}

/** Uniform numbers of variance 1 by Marsaglia's xorshift (2003): the kit's generator would take minutes for so many. */
export function cheapNumbers(random: Random): () => number {
  let x = random.integers([1], 1, 2 ** 31)[0];
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x * Math.sqrt(3)) / 2 ** 31;
  };
}

/** What is read in tiles: `bytes` are those of one token. */
interface Stream {
  readonly pass: string;
  readonly what: string;
  readonly tokens: number;
  readonly tile: number;
  readonly bytes: number;
}

const begin = 15; // after 16 tiles the process has taken what it needs

/** Has tile after tile read and watches the memory of the process that holds the learner's code. */
export async function watchMemory(
  { subject, require, show, progress }: Pick<Examination, 'subject' | 'require' | 'show' | 'progress'>,
  stream: Stream,
  readTile: (at: number) => Promise<void>,
): Promise<void> {
  const { pass, what, tokens, tile } = stream;
  const known = (await subject.memory()).residentBytes > 0; // loops have no process: for them the check ends here
  const used: MemoryUse[] = [];
  for (let at = 0; at < tokens; at += tile) {
    await readTile(at);
    used.push(await subject.memory());
    if (used.length % 16 === 0) progress(used.length, tokens / tile, `${pass}, tile`);
  }
  show(memoryCurve(stream, used, known));
  const all = bytesRead(stream);
  const grown = Math.max(...(['residentBytes', 'reachableBytes'] as const).map((kind) => used.at(-1)![kind] - used[begin][kind]));
  require(grown < all / 4, `while ${
    pass // so keeping keys or values alone is too much; measured on 48 MiB: 0 to 2 where nothing is kept
  } read ${tokens.toLocaleString('en')} ${what} the process grew by ${Math.round(grown / 2 ** 20)} MiB after the first 16 tiles, and all that it read since then is ${Math.round(all / 2 ** 20)} MiB: it keeps something of every tile`);
}

/** All that is read after the first tiles. */
const bytesRead = ({ tokens, tile, bytes }: Stream) => (tokens - (begin + 1) * tile) * bytes;

function memoryCurve(stream: Stream, used: readonly MemoryUse[], known: boolean): Parameters<Examination['show']>[0] {
  const { pass, what, tokens, tile } = stream;
  const points = used.map(({ residentBytes }, i): [number, number] => [(i + 1) * tile, residentBytes / 2 ** 20]);
  const kept: [number, number][] = [points[begin], [tokens, points[begin][1] + bytesRead(stream) / 2 ** 20]];
  return {
    kind: 'curves',
    title: `Memory of the process while ${pass} reads`,
    note: known ? 'A flat line is what streaming means.' : 'This system does not tell how much memory a process has.',
    x: { label: `${what} read` },
    y: { label: 'resident memory, MiB' },
    series: [
      { name: 'measured', points },
      { name: 'if all that is read were kept', points: kept },
    ],
  };
}
