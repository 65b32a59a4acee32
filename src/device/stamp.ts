import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

const stampShape = z.object({
  version: z.string(),
  kind: z.enum(['gpu', 'cpu']),
  flavour: z.enum(['cpu', 'cuda']),
  binding: z.string(),
  source: z.string(),
  /** Paths in the folder and their sizes in bytes: enough to notice a file that went missing or was cut short. */
  files: z.array(z.object({ path: z.string(), size: z.number() })),
});

/** Left in a library's folder after it has been loaded and has computed: the one sign that the folder is whole. */
export type Stamp = z.infer<typeof stampShape>;

const stampName = 'stamp.json';

/** Writes the stamp with the sizes of `paths` as they are now. */
export async function writeStamp(folder: string, facts: Omit<Stamp, 'files'>, paths: readonly string[]): Promise<Stamp> {
  const files = await Promise.all(paths.map(async (path) => ({ path, size: (await stat(join(folder, path))).size })));
  const stamp = { ...facts, files };
  await writeFile(join(folder, stampName), JSON.stringify(stamp, null, 2));
  return stamp;
}

/** The stamp of a folder whose files are all there in full, else `undefined`. */
export async function readStamp(folder: string): Promise<Stamp | undefined> {
  const text = await readFile(join(folder, stampName), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const stamp = stampShape.safeParse(parseJson(text));
  if (!stamp.success) return undefined;
  const whole = await Promise.all(stamp.data.files.map(async ({ path, size }) => (await sizeOf(join(folder, path))) === size));
  return whole.every(Boolean) ? stamp.data : undefined;
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // cut short: as good as not there
  }
}
