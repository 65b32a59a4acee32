import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { pinTree, readProcessors } from './cpu-pinning.ts';

test('a list of processors is read', () => {
  expect(readProcessors('0-2,5,7-8')).toEqual([0, 1, 2, 5, 7, 8]);
});

const processorOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[36]); // field 39 of proc(5)
const allowedOf = (pid: number) => /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
const canMove = process.platform === 'linux' && readProcessors(allowedOf(process.pid) ?? '0').length > 1;

test.runIf(canMove)('a process is put on the processor whose turn it is, and may go wherever it might before', async () => {
  const child = spawn('sleep', ['20']);
  const pid = child.pid as number;
  const [first, second] = readProcessors(allowedOf(pid) ?? '');
  try {
    for (const [turn, processor] of [
      [0, first],
      [1, second],
    ] as const) {
      const put = () => (pinTree(pid, turn), processorOf(pid));
      await expect.poll(put, { message: 'a sleeper stays where it was put, unless it was pulled away while it woke' }).toBe(processor);
      expect(allowedOf(pid)).toBe(allowedOf(process.pid));
    }
  } finally {
    child.kill();
  }
  expect(execFileSync('taskset', ['--version'], { encoding: 'utf8' })).toContain('taskset');
});
