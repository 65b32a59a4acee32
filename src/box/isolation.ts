import { existsSync } from 'node:fs';

import { messageOf } from '../errors.ts';
import { makeCgroup } from './cgroup.ts';
import type { Level } from './levels.ts';
import { usualLimits } from './limits.ts';
import { tryWall } from './trial.ts';
import { isRootOfMany, programPath } from './wall.ts';

/** The level is written into every result. */
export interface Isolation {
  readonly level: Level;
  /** One sentence: why this level, and what to do where it is a weak one. */
  readonly reason: string;
}

let known: Promise<Isolation> | undefined;

/** Tries the strongest level once and remembers. `UNROLL_ISOLATION=none` asks for the weakest. */
export function describeIsolation(): Promise<Isolation> {
  known ??= findLevel();
  return known;
}

async function findLevel(): Promise<Isolation> {
  const asked = process.env['UNROLL_ISOLATION'];
  if (asked === 'none') return { level: 'none', reason: 'UNROLL_ISOLATION=none asks for it' };
  if (process.platform !== 'linux')
    return {
      level: 'none',
      reason: `the wall is made of Linux and this is ${process.platform}: grade strangers' code on Linux, or in a Linux virtual machine`,
    };
  const broken = await whyNoWall();
  if (broken !== undefined) return withoutWall(broken);
  const cgroup = makeCgroup(usualLimits);
  await cgroup?.remove();
  if (cgroup !== undefined)
    return { level: 'namespace+cgroup', reason: 'bubblewrap runs here, and the kernel limits memory and processes' };
  return {
    level: 'namespace',
    reason: 'bubblewrap runs here; control groups are not this user’s, so memory and processes are watched and not limited by the kernel',
  };
}

/** Why bubblewrap does not hold here, in words that say what to do. */
async function whyNoWall(): Promise<string | undefined> {
  if (!programPath('bwrap').startsWith('/'))
    return "bubblewrap is not installed: install the package `bubblewrap` before you grade strangers' code";
  try {
    const reached = await tryWall();
    return reached.length === 0 ? undefined : `bubblewrap runs here, but a program behind it reached ${reached.join(', ')}`;
  } catch (error) {
    const said = messageOf(error);
    const recipe = recipes.find(([words]) => words.test(said))?.[1] ?? '';
    return `bubblewrap does not run here (${said})${recipe}`;
  }
}

const recipes: readonly [RegExp, string][] = [
  [/unknown option/i, ': it is older than 0.8, which has --disable-userns'],
  [
    /uid map|loopback|RTM_NEWADDR/i,
    ': AppArmor forbids it on Ubuntu 24.04 and later; load the profile `bwrap-userns-restrict` of the package apparmor-profiles',
  ],
  [
    /new namespace|No permissions|Operation not permitted/i,
    ': a container must allow new namespaces (docker run --security-opt seccomp=unconfined --security-opt systempaths=unconfined --cap-add SYS_ADMIN), or grade outside of it',
  ],
  [
    /Permission denied|EACCES|Cannot find (module|package)/i,
    ': another user must be able to read the kit (chmod -R o+rX node_modules, and the folders above it)',
  ],
];

/** In a container a root can at least be somebody else to the learner's code. */
function withoutWall(reason: string): Isolation {
  const inContainer = existsSync('/.dockerenv') || existsSync('/run/.containerenv') || process.env['UNROLL_ISOLATION'] === 'container';
  if (!inContainer || !isRootOfMany() || !programPath('setpriv').startsWith('/')) return { level: 'none', reason };
  return { level: 'container', reason: `the container alone keeps the machine out of reach: ${reason}` };
}
