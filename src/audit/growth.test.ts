import { closeSync, mkdtempSync, openSync, rmSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import { needs } from '../../test/support/needs.ts';
import { GrowthWatch } from './growth.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-growth-'));
afterAll(() => rmSync(folder, { recursive: true }));
const mebibyte = 2 ** 20;

describe('a watch sees', () => {
  beforeEach((context) => needs(context, 'linux'));

  test('the peak of memory, also of what is free again at the end', async () => {
    const before = new GrowthWatch([]).end().memoryBytes;
    const watch = new GrowthWatch([]);
    takeMemory();
    expect(watch.end().memoryBytes - before).toBeGreaterThan(150 * mebibyte);
  });

  test('the peak of the disk, of files that are gone again and of those that only a descriptor leads to', async () => {
    const watch = new GrowthWatch([folder]);
    const path = join(folder, 'large');
    writeFileSync(path, Buffer.alloc(20 * mebibyte, 1));
    await delay(500 /* ms: longer than the watch waits between two looks */);
    unlinkSync(path);
    const open = openSync(path, 'w');
    unlinkSync(path);
    writeSync(open, Buffer.alloc(30 * mebibyte, 1));
    await delay(500 /* ms: the same */);
    closeSync(open);
    const { diskBytes } = watch.end();
    expect(diskBytes).toBeGreaterThanOrEqual(30 * mebibyte);
    expect(diskBytes).toBeLessThan(60 * mebibyte);
  });
});

/** In a function of its own, so that nothing holds the memory afterwards. */
function takeMemory(): void {
  expect(Buffer.alloc(200 * mebibyte, 1).length).toBeGreaterThan(0);
}
