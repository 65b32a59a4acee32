import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders called `PREFIX-PID-...` whose judge is gone: one that was killed could not clear away after itself. Linux only: elsewhere there is no /proc to ask. */
export function findLeftovers(parent: string, prefix: string): string[] {
  if (process.platform !== 'linux') return [];
  const owned = new RegExp(`^${prefix}-(\\d+)-`);
  return readdirSync(parent)
    .filter((name) => {
      const judge = owned.exec(name)?.[1];
      return judge !== undefined && !existsSync(`/proc/${judge}`);
    })
    .map((name) => join(parent, name));
}
