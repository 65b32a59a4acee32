import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { Binding } from '../device/addon.ts';
import { probeAddon } from '../device/probe.ts';
import { UserError } from '../errors.ts';
import { locateEntries, nameEntry } from './cache.ts';
import { addonName, compileObjects, findCompiler, linkObjects, listSourceFolders, quietName } from './compiler.ts';
import { cudaFolders, unpackCuda } from './cuda.ts';
import { type Distribution, unpackFile } from './distribution.ts';
import { unpackHeaders } from './headers.ts';
import type { Say } from '../terminal/progress.ts';
import { readStamp, writeStamp } from '../device/stamp.ts';
import { type FileTree, libraries } from './tree.ts';

/** A TensorFlow and, for CUDA, the trees with NVIDIA's libraries that belong beside it. */
export interface TensorFlowSource {
  readonly distribution: Distribution;
  /** `undefined`: for the processor alone. */
  readonly nvidia: readonly FileTree[] | undefined;
}

/** The addon of a library that is whole, built now or found in the cache. */
export async function buildEntry(source: TensorFlowSource, binding: Binding, say: Say): Promise<string> {
  const flavour = source.nvidia ? 'cuda' : 'cpu';
  const entries = locateEntries();
  const target = join(entries, nameEntry({ version: source.distribution.version, flavour, binding: binding.version }));
  if (await readStamp(target)) return join(target, addonName);
  const compiler = await findCompiler(); // before the long steps: the likeliest thing to be missing
  await mkdir(entries, { recursive: true });
  await sweepLeftovers(entries);
  const folder = await mkdtemp(`${target}.tmp-`);
  try {
    await fillFolder(folder, source, compiler, binding, say);
    await publish(folder, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return join(target, addonName);
}

async function fillFolder(
  folder: string,
  { distribution, nvidia }: TensorFlowSource,
  compiler: string,
  binding: Binding,
  say: Say,
): Promise<void> {
  await unpackHeaders(distribution, listSourceFolders(binding), folder);
  const unpacking = say.step('Unpacking and checking the library', async () => {
    for (const path of libraries) await unpackFile(distribution, path, folder);
    await distribution.tree.copy(`${distribution.distInfo}/RECORD`, join(folder, distribution.distInfo, 'RECORD'));
    await unpackCuda(nvidia ?? [], folder);
  });
  const compiling = say.step('Compiling the addon', async () => {
    const objects = await compileObjects(compiler, binding, folder);
    await linkObjects(compiler, objects, folder, nvidia ? cudaFolders : []);
  });
  await bothDone(unpacking, compiling); // a damaged wheel is told before the compiler's complaint about it
  await rm(join(folder, 'objects'), { recursive: true });
  const { version, kind } = await say.step('Trying it', () => tryAddon(join(folder, addonName)));
  const facts = { version, kind, flavour: nvidia ? 'cuda' : 'cpu', binding: binding.version, source: distribution.tree.label } as const;
  await writeStamp(folder, facts, [...libraries, addonName, quietName]);
}

/** Loads an addon in a process of its own and multiplies a matrix: a library that crashes is found out before anything depends on it. */
export async function tryAddon(addon: string): Promise<{ version: string; kind: 'gpu' | 'cpu' }> {
  const { usable, version, kind, reason } = await probeAddon(addon);
  if (!usable || version === null) throw new UserError(`The TensorFlow library was built but does not run: ${reason}`);
  return { version, kind: kind === 'gpu' ? 'gpu' : 'cpu' };
}

/** Waits for both even if one fails: nothing may still write into a folder that is being removed. */
async function bothDone(...works: Promise<void>[]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}

/** Puts a finished folder in its place in one step. If another install was first, its folder stays and ours is dropped. */
async function publish(folder: string, target: string): Promise<void> {
  if (existsSync(target) && !(await readStamp(target))) await rename(target, `${folder}-broken`); // swept later
  await rename(folder, target).catch(async (error: unknown) => {
    if (!(await readStamp(target))) throw error;
  });
}

/** Removes what installs that were killed have left, once it is a day old: a younger one may still be at work. */
async function sweepLeftovers(entries: string): Promise<void> {
  const day = 86_400_000; // ms
  for (const name of await readdir(entries)) {
    if (!name.includes('.tmp-')) continue;
    const path = join(entries, name);
    const touched = await stat(path).catch(() => undefined);
    if (touched && Date.now() - touched.mtimeMs > day) await rm(path, { recursive: true, force: true });
  }
}
