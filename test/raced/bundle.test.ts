import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { layOut } from '../../src/package/package.ts';
import { kitRoot } from '../../src/course/places.ts';
import { unroll } from '../support/command-line.ts';
import { has, needs } from '../support/needs.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-cluster-'));
  mkdirSync(join(folder, 'work'));
  if (await has('bubblewrap')) await layOut(join(folder, 'bundle'));
}, 60_000); // ms: copies some 200 MB
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach((context) => needs(context, 'bubblewrap'));

/** Runs the laid-out bundle where there is no network, no Node and no checkout of the kit. */
async function onBareNode(...words: readonly string[]): Promise<string> {
  const walls = [
    ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--unshare-net', '--unshare-pid', '--die-with-parent'],
    ...['--tmpfs', kitRoot, '--ro-bind', '/dev/null', process.execPath],
    ...[
      '--tmpfs',
      '/tmp',
      '--ro-bind',
      join(folder, 'bundle'),
      '/tmp/bundle',
      '--bind',
      join(folder, 'work'),
      '/tmp/work',
      '--chdir',
      '/tmp/work',
    ],
    ...['--clearenv', '--setenv', 'PATH', '/usr/bin:/bin'],
  ];
  const { stdout } = await promisify(execFile)('bwrap', [...walls, '/tmp/bundle/unroll', ...words]);
  return stdout;
}

test('a bundle finds its devices without a network', async (context) => {
  await needs(context, 'webgpu');
  const { devices } = JSON.parse(await onBareNode('doctor', '--json')) as { devices: { name: string; usable: boolean; reason: string }[] };
  expect(devices.filter(({ usable }) => usable).map(({ name }) => name)).toEqual(['webgpu', 'wasm', 'cpu']);
  expect(devices.find(({ name }) => name === 'tensorflow')?.reason).toContain('left out of a bundle');
}, 60_000); // ms: opens every device

test('a bundle grades, and its result is drawn again elsewhere', async () => {
  await onBareNode('grade', '/tmp/bundle/solutions', '--only', '02', '--device', 'wasm', '--out', 'graded');
  const graded = join(folder, 'work/graded');
  const elsewhere = join(folder, 'elsewhere');
  expect(await unroll('report', graded, '--out', elsewhere)).toMatchObject({ code: 0 });
  const page = readFileSync(join(elsewhere, 'report.html'), 'utf8');
  expect(page).toContain('Elman sequence');
  expect(page).toBe(readFileSync(join(graded, 'report.html'), 'utf8'));
}, 120_000); // ms

test('a bundle races', async () => {
  await onBareNode('race', '15', '--dir', '/tmp/bundle/solutions', '--device', 'wasm', '--out', 'raced');
  const { exercises } = JSON.parse(readFileSync(join(folder, 'work/raced/result.json'), 'utf8')) as {
    exercises: { checks: { id: string; race?: { rounds: unknown[] } }[] }[];
  };
  expect(exercises[0]?.checks.find(({ id }) => id === 'race')?.race?.rounds.length).toBeGreaterThanOrEqual(9);
}, 120_000); // ms
