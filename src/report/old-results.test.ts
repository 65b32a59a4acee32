import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resultV1Path } from '../../test/support/old-results.ts';
import { readResult } from './read.ts';
import { writeStudentReport } from './write.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-old-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a result of v1 is drawn as a page, with the rounds of each of its races', async () => {
  const page = await readFile(await writeStudentReport(await readResult(resultV1Path), folder), 'utf8');
  for (const verdict of ['faster', 'not faster', 'cannot tell', 'implausible'])
    expect(page).toMatch(new RegExp(`<th scope="row">Verdict</th><td>${verdict}</td>`));
  expect(Array.from(page.matchAll(/<circle class="dot/g))).toHaveLength(9 + 9 + 3 + 9);
  expect(page).toContain('Median 3×, smallest 2.8×, largest 3.3×.');
});
