import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { isStopped, processTree } from './limits.ts';
import { continueTree, stopTree } from './signals.ts';

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
