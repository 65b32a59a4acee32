import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { afterEach, describe, expect, test, vi } from 'vitest';

import { makeCgroup, type Cgroup } from './cgroup.ts';
import { usualLimits } from './limits.ts';

const limits = { ...usualLimits, memoryBytes: 128 * 2 ** 20, processes: 2 };
const trial = makeCgroup(limits);
await trial?.remove();
/** Where the older hierarchy can be written to, a group must come about; the newer one may lack its controllers even for root. */
const mustWork = existsSync('/sys/fs/cgroup/memory') && spawnSync('test', ['-w', '/sys/fs/cgroup/memory']).status === 0;

/** Runs Node inside the group. */
function runInside({ procsFiles }: Cgroup, script: string) {
  const enter = procsFiles.map((_, index) => `echo $$ > "$${index + 1}";`).join(' ');
  const shift = `shift ${procsFiles.length};`;
  return spawnSync('/bin/sh', ['-c', `${enter} ${shift} exec "$@"`, 'sh', ...procsFiles, process.execPath, '-e', script], {
    encoding: 'utf8',
    timeout: 60_000 /* ms: takes a second; a group that is too tight makes Node wait without end */,
  });
}

afterEach(() => vi.unstubAllEnvs());

test('no group is made where it is switched off', () => {
  vi.stubEnv('UNROLL_CGROUP', 'off');
  expect(makeCgroup(limits)).toBeUndefined();
});

describe.runIf(mustWork || trial !== undefined)('a control group, where this user may make one', () => {
  test('holds the limits, and is gone once removed', async () => {
    const group = makeCgroup(limits)!;
    const folders = group.procsFiles.map((file) => dirname(file));
    const held = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => ['memory.max', 'memory.limit_in_bytes', 'pids.max'].includes(name))
        .map((name) => readFileSync(join(folder, name), 'utf8').trim()),
    );
    expect(held).toEqual([String(limits.memoryBytes), '64']);
    await group.remove();
    expect(folders.some((folder) => existsSync(folder))).toBe(false);
  });

  test('ends a process that takes too much memory, and remembers that it did', async () => {
    const group = makeCgroup(limits)!;
    expect(runInside(group, 'console.log(6 * 7)')).toMatchObject({ status: 0, stdout: '42\n' });
    expect(group.ranOutOfMemory()).toBe(false);
    expect(runInside(group, 'Buffer.alloc(2 ** 29, 1)')).toMatchObject({ signal: 'SIGKILL' });
    expect(group.ranOutOfMemory()).toBe(true);
    await group.remove();
    expect(group.ranOutOfMemory(), 'a group that is gone says nothing').toBe(false);
  });

  test('two groups of one grader are two, and a group is removed only once', async () => {
    const [one, other] = [makeCgroup(limits)!, makeCgroup(limits)!];
    expect(one.procsFiles).not.toEqual(other.procsFiles);
    for (const group of [one, other, one]) await group.remove();
    expect([one, other].flatMap(({ procsFiles }) => procsFiles).filter((file) => existsSync(file))).toEqual([]);
  });

  test('the groups of a grader that is gone are swept up, those of a living one stay', async () => {
    const parent = dirname(dirname(trial!.procsFiles[0]!));
    const [dead, living] = [join(parent, `unroll-${2 ** 30}-0`), join(parent, `unroll-${process.ppid}-test`)]; // no process of Linux has a number above 2^22
    for (const folder of [dead, living]) mkdirSync(folder, { recursive: true });
    const group = makeCgroup(limits)!;
    expect([existsSync(dead), existsSync(living)]).toEqual([false, true]);
    await group.remove();
    spawnSync('rmdir', [living]);
  });
});
