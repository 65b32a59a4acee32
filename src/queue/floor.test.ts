import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { Floor } from './floor.ts';

/** Takes a while; `log` tells when it begins and ends. */
function work(log: string[], name: string) {
  return async () => {
    log.push(`${name} begins`);
    await delay(10);
    log.push(`${name} ends`);
    if (name === 'broken race') throw new Error(name);
  };
}

test('checks are at work side by side, and a race by itself', async () => {
  const log: string[] = [];
  const floor = new Floor();
  await Promise.all([
    floor.share(work(log, 'a')),
    floor.share(work(log, 'b')),
    floor.alone(work(log, 'race')),
    floor.share(work(log, 'c')),
  ]);
  expect(log).toEqual(['a begins', 'b begins', 'a ends', 'b ends', 'race begins', 'race ends', 'c begins', 'c ends']);
});

test('a race that breaks holds up nobody', async () => {
  const log: string[] = [];
  const floor = new Floor();
  const broken = floor.alone(work(log, 'broken race'));
  const [outcome] = await Promise.allSettled([broken, floor.alone(work(log, 'race')), floor.share(work(log, 'c'))]);
  expect(outcome.status).toBe('rejected');
  expect(log).toEqual(['broken race begins', 'broken race ends', 'race begins', 'race ends', 'c begins', 'c ends']);
});
