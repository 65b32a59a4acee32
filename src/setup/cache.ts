import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** With CUDA 12 from NVIDIA's wheels beside it, or for the processor alone. */
export type Flavour = 'cpu' | 'cuda';

/** What tells one provisioned library from another: every part changes the compiled addon or what it loads. */
export interface CacheKey {
  readonly version: string;
  readonly flavour: Flavour;
  readonly binding: string;
}

/** Outside `node_modules`, so that a second clone finds what the first one built. */
export function locateCache(env: NodeJS.ProcessEnv = process.env): string {
  if (env['UNROLL_CACHE']) return resolve(env['UNROLL_CACHE']);
  return join(env['XDG_CACHE_HOME'] ? resolve(env['XDG_CACHE_HOME']) : join(homedir(), '.cache'), 'unroll');
}

/** The folder of all provisioned libraries. */
export function locateEntries(env?: NodeJS.ProcessEnv): string {
  return join(locateCache(env), 'tensorflow');
}

const build = 2; // raised when this kit builds the addon in another way: an older build stays for older clones

/** The name of one library's folder, such as `2.21.0-cpu-linux-x64-tfjs-4.22.0-build-2`. */
export function nameEntry(key: CacheKey): string {
  return `${key.version}-${key.flavour}-${process.platform}-${process.arch}-tfjs-${key.binding}-build-${build}`;
}
