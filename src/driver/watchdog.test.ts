import { spawnSync } from 'node:child_process';

import { expect, test } from 'vitest';

const typescript = new URL('../typescript.js', import.meta.url).href;

const watchdog = new URL('watchdog.ts', import.meta.url).href;

/** Runs a program in a process of its own, under a watchdog with the patience of a second. */
function runWatched(body: string) {
  const program = `import { Watchdog } from '${watchdog}'; const dog = new Watchdog(1000); ${body}`;
  return spawnSync(process.execPath, ['--import', typescript, '--input-type=module', '-e', program], {
    encoding: 'utf8',
    timeout: 60_000 /* ms: only a watchdog that sleeps gets there */,
  });
}

test('a synchronous endless loop ends the process with a sentence', () => {
  const { signal, stderr } = runWatched('await dog.watch(async () => { for (;;); });');
  expect(signal).toBe('SIGKILL');
  expect(stderr).toContain('A pass has not returned for 1 s: does a loop never end?');
});

test('what may take longer is left longer', () => {
  const { stdout } = runWatched(
    "console.log(await dog.watch(() => new Promise((resolve) => setTimeout(() => resolve('done'), 2500)), 20_000));",
  );
  expect(stdout).toBe('done\n');
});

test('a pass that returns, or throws, in time is left alone, and so is the time between two of them', () => {
  const { status, stdout } = runWatched(`
    await dog.watch(async () => { throw new Error('no'); }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    console.log(await dog.watch(async () => 'done'));`);
  expect([status, stdout]).toEqual([0, 'done\n']);
});
