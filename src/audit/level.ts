import { describeIsolation } from '../box/isolation.ts';
import { makeCgroup } from '../box/cgroup.ts';
import { usualLimits } from '../box/limits.ts';

/** Levels of isolation, the weakest first. */
export const levels = ['none', 'container', 'namespace', 'namespace+cgroup'] as const;
export type Level = (typeof levels)[number];

/** This machine's level, and why. */
export function findLevel(): { level: Level; reason: string } {
  const { level, reason } = describeIsolation();
  return { level: levels.find((known) => known === (level as string)) ?? fromOldName(level), reason };
}

/** What the levels were called before they said whether the kernel holds the limits. */
function fromOldName(name: string): Level {
  if (name !== 'bubblewrap') return 'none';
  const cgroup = makeCgroup(usualLimits);
  cgroup?.remove();
  return cgroup === undefined ? 'namespace' : 'namespace+cgroup';
}

export const reaches = (level: Level, needed: Level) => levels.indexOf(level) >= levels.indexOf(needed);
