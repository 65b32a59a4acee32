import { readFileSync } from 'node:fs';

/** The version of this kit, from its package.json. */
export const kitVersion: string = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
  .version;
