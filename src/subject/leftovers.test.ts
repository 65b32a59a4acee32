import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { findLeftovers } from './leftovers.ts';

test('folders of judges that are gone are found, those of living judges and of others are not', () => {
  const parent = mkdtempSync(join(tmpdir(), 'unroll-leftovers-'));
  const gone = spawnSync('true').pid; // it has ended by now
  for (const name of [`box-${gone}-abc`, `box-${process.pid}-abc`, `other-${gone}-abc`, 'box-abc']) mkdirSync(join(parent, name));
  expect(findLeftovers(parent, 'box')).toEqual([join(parent, `box-${gone}-abc`)]);
  rmSync(parent, { recursive: true });
});
