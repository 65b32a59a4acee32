import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { continueTree, findLeftovers, isStopped, processTree, residentBytes, stopTree } from './processes.ts';

/** A process that has started a child, and both their numbers. */
async function startFamily() {
  const parent = spawn(process.execPath, [
    '-e',
    "console.log(require('child_process').spawn('sleep', ['600']).pid); setInterval(() => 0, 1e6)",
  ]);
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, pids: [parent.pid as number, Number(String(said))] };
}

test('a process tree holds a process and all below it, and none once they are gone', async () => {
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

test('folders of graders that are gone are found, those of living graders and of others are not', () => {
  const parent = mkdtempSync(join(tmpdir(), 'unroll-leftovers-'));
  const gone = spawnSync('true').pid; // it has ended by now
  for (const name of [`box-${gone}-abc`, `box-${process.pid}-abc`, `other-${gone}-abc`, 'box-abc']) mkdirSync(join(parent, name));
  expect(findLeftovers(parent, 'box')).toEqual([join(parent, `box-${gone}-abc`)]);
  rmSync(parent, { recursive: true });
});

const waker = 'for (const end = Date.now() + 20_000; Date.now() < end; ) process.kill(-process.getpgrp(), "SIGCONT")'; // ends by itself, whatever happens
const parent = `
  const group = "process.getpgrp = () => " + process.pid + ";";
  for (let child = 0; child < 3; child++)
    require("node:child_process").spawn(process.execPath, ["-e", group + ${JSON.stringify(waker)}], { stdio: "ignore" });`;

test.runIf(process.platform === 'linux')('processes that wake one another stand still all the same', async () => {
  const child = spawn(process.execPath, ['-e', parent], { stdio: 'ignore', detached: true });
  const root = child.pid as number;
  try {
    await expect.poll(() => processTree(root).length).toBe(4);
    for (let stop = 0; stop < 5; stop++) {
      await delay(100);
      expect(stopTree(root)).toBe(true);
      await delay(20);
      expect(processTree(root).map(isStopped)).toEqual([true, true, true, true]);
      continueTree(root);
    }
  } finally {
    process.kill(-root, 'SIGKILL');
  }
});
