import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, expect, test } from 'vitest';

import { needs } from '../../test/support/needs.ts';
import { findLeft, markVariable } from './leftovers.ts';

const marks = () => ({ mark: 'made-up-mark', pids: [1_073_741_824 /* beyond the largest id */], folder: '/nowhere/unroll-audit' });

beforeEach((context) => needs(context, 'linux'));

test('a process with the mark of the audit is found as long as it runs', async () => {
  const child = spawn('sleep', ['60'], { env: { ...process.env, [markVariable]: 'made-up-mark' } });
  try {
    await expect.poll(() => findLeft(marks())).toEqual([`the process ${child.pid}: sleep 60`]);
  } finally {
    child.kill('SIGKILL');
  }
  await expect.poll(() => findLeft(marks())).toEqual([]);
});

test('a process that an attack has left is found by the end of its command', async () => {
  const child = spawn('/bin/sh', ['-c', 'sleep 60 & wait; : unroll-attack'], { detached: true });
  try {
    await expect.poll(() => findLeft(marks()).filter((what) => what.includes(String(child.pid)))).toHaveLength(1);
  } finally {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  }
});

test('a folder of the audit is found, and so are a box’s and what an attack has written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-audit-'));
  const box = join(tmpdir(), 'unroll-box-1073741824-x');
  const file = join(tmpdir(), 'unroll-attack-made-up');
  mkdirSync(box);
  writeFileSync(file, '');
  try {
    expect(findLeft({ ...marks(), folder })).toEqual(
      expect.arrayContaining([`the folder ${folder}`, 'the file unroll-box-1073741824-x', 'the file unroll-attack-made-up']),
    );
  } finally {
    for (const path of [folder, box, file]) rmSync(path, { recursive: true });
  }
});
