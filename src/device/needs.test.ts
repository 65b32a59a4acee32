import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, test, vi } from 'vitest';

import { deviceNames } from '../result/device.ts';
import { deviceNeeds } from './needs.ts';
import { needs, thingsFor } from '../../test/support/needs.ts';

const typescript = new URL('../typescript.js', import.meta.url).href;

const run = promisify(execFile);
const kit = fileURLToPath(new URL('../..', import.meta.url));
const open = fileURLToPath(new URL('./open.ts', import.meta.url));

/** Read-only binds of those of `paths` that are there. */
const bind = (paths: readonly string[]): string[] => paths.flatMap((path) => (existsSync(path) ? ['--ro-bind', path, path] : []));

test.for(deviceNames)(
  'what %s needs is enough in a box without network, home and the rest of the disk',
  { timeout: 60_000 },
  async (name, context) => {
    await needs(context, 'bubblewrap', ...thingsFor(name));
    const { addonFolder = [], readOnlyPaths, devicePaths, env } = deviceNeeds(name);
    const wall = ['--unshare-all', '--die-with-parent', '--clearenv', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'];
    const shown = bind([
      '/usr',
      '/lib',
      '/lib64',
      '/bin',
      '/etc/ld.so.cache',
      '/etc/alternatives',
      dirname(dirname(process.execPath)),
      resolve(kit),
      ...readOnlyPaths,
      ...[addonFolder].flat(),
    ]);
    const devices = devicePaths.flatMap((path) => ['--dev-bind', path, path]);
    const variables = Object.entries(env).flatMap(([key, value]) => ['--setenv', key, value]);
    const script = `const { report, close } = await (await import(${JSON.stringify(open)})).openDevice('${name}'); console.log(JSON.stringify(report)); await close();`;
    const node = [process.execPath, '--import', typescript, '--input-type=module', '-e', script];
    const said = run('bwrap', [...wall, ...shown, ...devices, ...variables, '--chdir', resolve(kit), ...node]);
    const { stdout } = await said.catch((error: { stderr: string }) => ({ stdout: JSON.stringify({ stderr: error.stderr }) }));
    expect(JSON.parse(stdout)).toMatchObject({ name, usable: true });
  },
);

test('a driver that the person at the machine names is named to the box too, and its folder let in', () => {
  vi.stubEnv('VK_DRIVER_FILES', `${kit}package.json:/nowhere/driver.json`);
  const { env, readOnlyPaths } = deviceNeeds('webgpu');
  vi.unstubAllEnvs();
  expect(env).toMatchObject({ VK_DRIVER_FILES: `${kit}package.json:/nowhere/driver.json` });
  expect(readOnlyPaths).toContain(resolve(kit));
  expect(readOnlyPaths).not.toContain('/nowhere');
});
