import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { needs } from '../../test/support/needs.ts';

beforeEach(() => vi.resetModules()); // it remembers its first answer
afterEach(() => vi.unstubAllEnvs());
const describeAfresh = async () => (await import('./isolation.ts')).describeIsolation();

test('is a namespace where bubblewrap holds, with a control group where this user may make one', async (context) => {
  await needs(context, 'bubblewrap');
  expect(await describeAfresh()).toMatchObject({
    level: expect.stringMatching(/^namespace/),
    reason: expect.stringContaining('bubblewrap'),
  });
  vi.resetModules();
  vi.stubEnv('UNROLL_CGROUP', 'off');
  expect(await describeAfresh()).toMatchObject({ level: 'namespace', reason: expect.stringContaining('control groups') });
});

test('is none where that is asked for', async () => {
  vi.stubEnv('UNROLL_ISOLATION', 'none');
  expect(await describeAfresh()).toEqual({ level: 'none', reason: 'UNROLL_ISOLATION=none asks for it' });
});

test('is none where bubblewrap is not installed, and says what to do', async () => {
  vi.stubEnv('PATH', '/nowhere');
  expect(await describeAfresh()).toEqual({ level: 'none', reason: expect.stringContaining('install the package `bubblewrap`') });
});

test('is asked once: what a run begins with holds to its end', async () => {
  const { describeIsolation } = await import('./isolation.ts');
  const first = await describeIsolation();
  vi.stubEnv('UNROLL_ISOLATION', 'none');
  expect(await describeIsolation()).toBe(first);
});

test('says what a program behind the wall reached, where it holds less than it should', async (context) => {
  await needs(context, 'bubblewrap');
  vi.doMock('./trial.ts', () => ({ tryWall: async () => ['the network', '/proc'] }));
  const found = await describeAfresh();
  vi.doUnmock('./trial.ts');
  expect(found).toMatchObject({
    level: expect.stringMatching(/^(none|container)$/),
    reason: expect.stringContaining('reached the network, /proc'),
  });
});
