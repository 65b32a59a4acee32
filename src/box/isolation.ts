import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** How far the learner's code is kept from the grader. The level is written into every result. */
export interface Isolation {
  /** `bubblewrap`: own namespaces, no network, no files of the host but what runs Node. `bare`: another process with limits, for practice. */
  readonly level: 'bubblewrap' | 'bare';
  /** One sentence: why this level. */
  readonly reason: string;
}

/** What stands around every box on a Linux host: read-only system folders, a private /proc, /dev and /tmp, no network, nobody's user id. */
export function wallArguments(): string[] {
  const system = ['/usr', '/lib', '/lib64', '/lib32', '/bin', '/sbin', '/etc/ld.so.cache', '/etc/alternatives'].filter((path) =>
    existsSync(path),
  );
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--clearenv', '--uid', '65534', '--gid', '65534', '--hostname', 'box'],
    ...system.flatMap((path) => ['--ro-bind', path, path]),
    ...['--proc', '/proc', '--dev', '/dev', '--perms', '0700', '--size', String(64 << 20), '--tmpfs', '/tmp'], // 64 MiB of scratch: a learner's pass needs none
  ];
}

let known: Isolation | undefined;

/** Tries the strongest wall once and remembers. `UNROLL_ISOLATION=bare` asks for the weaker one. */
export function describeIsolation(): Isolation {
  known ??= tryBubblewrap();
  return known;
}

function tryBubblewrap(): Isolation {
  if (process.env['UNROLL_ISOLATION'] === 'bare') return { level: 'bare', reason: 'UNROLL_ISOLATION=bare asks for it' };
  if (process.platform !== 'linux')
    return { level: 'bare', reason: `bubblewrap is a Linux program and this is ${process.platform}: grade strangers' code on Linux` };
  const trial = spawnSync('bwrap', [...wallArguments(), '/usr/bin/env', 'true'], {
    encoding: 'utf8',
    timeout: 10_000 /* ms; takes 10 ms, so this only ends a hang */,
  });
  if (trial.error !== undefined)
    return { level: 'bare', reason: "bubblewrap is not installed: install the package `bubblewrap` before you grade strangers' code" };
  if (trial.status !== 0)
    return { level: 'bare', reason: `bubblewrap does not run here (${trial.stderr.trim().split('\n')[0] ?? 'no reason given'})` };
  return { level: 'bubblewrap', reason: 'bubblewrap runs here: own namespaces, no network, read-only system' };
}
