import { spawnSync } from 'node:child_process';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { wallArguments } from './isolation.ts';
import { needs } from '../../test/support/needs.ts';

/** What a shell behind the wall prints. */
function behindTheWall(script: string): string {
  const { stdout, stderr } = spawnSync('bwrap', [...wallArguments(), '/bin/sh', '-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim();
}

describe('behind the wall', () => {
  beforeEach((context) => needs(context, 'bubblewrap'));

  test('only what runs programs is in sight', () => {
    const seen = behindTheWall('ls -1 / /etc').split(/\s+/);
    expect(seen).toEqual(expect.arrayContaining(['usr', 'proc', 'tmp']));
    expect(seen).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(root|home|work|srv|var|mnt|opt|passwd|hostname|ssl)$/)]));
    expect(behindTheWall('ls -A /tmp')).toBe('');
  });

  test.for([
    ['the system is read-only', 'touch /usr/here 2>/dev/null; test -e /usr/here && echo written || echo refused', 'refused'],
    ['the user is nobody', 'id -u', '65534'],
    ['nothing of the grader’s environment is there', 'echo "[$UNROLL_SECRET]"', '[]'],
    ['the only network is the loop-back, and it is one of its own', "awk -F: 'NR > 2 {print $1}' /proc/net/dev | tr -d ' '", 'lo'],
    ['no other process is in sight', 'ls -d /proc/[0-9]* | wc -l | tr -d " "', expect.stringMatching(/^[1-9]$/)],
    ['the machine’s name is not told', 'cat /proc/sys/kernel/hostname', 'box'],
  ] as const)('%s', ([, script, printed]) => {
    vi.stubEnv('UNROLL_SECRET', 'seed');
    expect(behindTheWall(script)).toEqual(printed);
  });
});

describe('describeIsolation', () => {
  beforeEach(() => vi.resetModules()); // it remembers its first answer
  const describeAfresh = async () => (await import('./isolation.ts')).describeIsolation();

  test('is bubblewrap where bubblewrap runs', async (context) => {
    await needs(context, 'bubblewrap');
    expect(await describeAfresh()).toEqual({ level: 'bubblewrap', reason: expect.stringContaining('no network') });
  });

  test('is bare where that is asked for', async () => {
    vi.stubEnv('UNROLL_ISOLATION', 'bare');
    expect(await describeAfresh()).toEqual({ level: 'bare', reason: 'UNROLL_ISOLATION=bare asks for it' });
  });

  test('is bare where bubblewrap is not installed, and says what to do', async () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(await describeAfresh()).toEqual({ level: 'bare', reason: expect.stringContaining('install the package `bubblewrap`') });
  });

  test('is asked once: what a run begins with holds to its end', async () => {
    const { describeIsolation } = await import('./isolation.ts');
    const first = describeIsolation();
    vi.stubEnv('UNROLL_ISOLATION', 'bare');
    expect(describeIsolation()).toBe(first);
  });
});

afterEach(() => vi.unstubAllEnvs());
