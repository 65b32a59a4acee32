import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from 'vitest';

import { limitsFor, processorMs, processTree, residentBytes, usualLimits } from './limits.ts';

/** A process that has started a child, and both their numbers. */
async function startFamily() {
  const parent = spawn(process.execPath, [
    '-e',
    "console.log(require('child_process').spawn('sleep', ['600']).pid); setInterval(() => 0, 1e6)",
  ]);
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, pids: [parent.pid as number, Number(String(said))] };
}

test('a process tree holds a process and all below it, and nobody once they are gone', async () => {
  const { parent, pids } = await startFamily();
  expect(processTree(parent.pid as number)).toEqual(pids);
  expect(processTree(process.pid)).toEqual(expect.arrayContaining([process.pid, ...pids]));
  process.kill(pids[1] as number);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  expect(processTree(parent.pid as number)).toEqual([]);
});

test('the memory of a process is what the kernel says, and that of a dead one is none', () => {
  const share = residentBytes([process.pid]) / process.memoryUsage.rss();
  expect(share).toBeGreaterThan(0.8);
  expect(share).toBeLessThan(1.25);
  expect(residentBytes([process.pid, process.pid])).toBeGreaterThan(1.5 * residentBytes([process.pid]));
  expect(residentBytes([2 ** 30])).toBe(0); // above the largest process number of Linux, 2^22
  expect(residentBytes([])).toBe(0);
});

test('processor time is what the process itself counts, and that of a dead one is none', () => {
  for (let spin = 0, sum = 0; processorMs([process.pid]) < 200 && spin < 1e6; spin++) for (let i = 0; i < 1e5; i++) sum += i;
  const early = processorMs([process.pid]);
  const { user, system } = process.cpuUsage();
  const late = processorMs([process.pid]);
  const own = (user + system) / 1000;
  expect(own).toBeGreaterThan(early - 50); // ms: both fields of the kernel are cut to ticks of 10
  expect(own).toBeLessThan(late + 50);
  expect(early).toBeGreaterThan(0);
  expect(processorMs([2 ** 30])).toBe(0);
});

test('a software GPU gets more time and nothing else more', () => {
  expect(limitsFor('cpu')).toEqual(usualLimits);
  expect(limitsFor('gpu')).toEqual(usualLimits);
  const { requestMs, exerciseMs, ...rest } = limitsFor('software');
  expect(requestMs).toBeGreaterThan(usualLimits.requestMs);
  expect(exerciseMs).toBeGreaterThan(usualLimits.exerciseMs);
  expect({ ...usualLimits, ...rest }).toEqual(usualLimits);
});
