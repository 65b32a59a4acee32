import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { chmod, mkdir, rename, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { z } from 'zod';

const require = createRequire(import.meta.url);

/** The npm package whose addon is built here. */
export interface Binding {
  readonly folder: string;
  readonly version: string;
  /** Where the package looks for its addon: node-pre-gyp's `./lib/napi-v8`, 8 being the newest N-API that it lists. */
  readonly addon: string;
}

export function findBinding(): Binding {
  const manifest = require.resolve('@tensorflow/tfjs-node-gpu/package.json');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const folder = dirname(manifest);
  return { folder, version, addon: join(folder, 'lib', 'napi-v8', 'tfjs_binding.node') };
}

/** The headers of Node's own interface, from npm: node-gyp would download them. */
export function findNodeHeaders(): string {
  return join(dirname(require.resolve('node-api-headers/package.json')), 'include');
}

/** The folder that the installed addon really lies in: one of the cache, or the package's own. */
export function findAddonFolder(binding: Binding = findBinding()): string | undefined {
  return existsSync(binding.addon) ? dirname(realpathSync(binding.addon)) : undefined;
}

/** Links the package to `addon`. The rename makes it one step: another process sees the old link or the new one. */
export async function linkAddon(addon: string, binding: Binding = findBinding()): Promise<void> {
  await openToOthers(dirname(addon));
  await mkdir(dirname(binding.addon), { recursive: true });
  const link = `${binding.addon}.${randomUUID()}`;
  await symlink(addon, link);
  await rename(link, binding.addon);
}

/** A grader that is root runs the learner's code as nobody, who must be able to read the library. */
async function openToOthers(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if ((mode & 0o005) !== 0o005) await chmod(folder, 0o755);
}
