import { chmodSync } from 'node:fs';

const nobody = 65534; // the user and the group that own nothing

/** Does something as an ordinary user, who may enter this folder but owns nothing in it: to root every file is readable. */
export function asNobody<T>(folder: string, work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  chmodSync(folder, 0o755);
  process.setegid?.(nobody);
  process.seteuid?.(nobody);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
