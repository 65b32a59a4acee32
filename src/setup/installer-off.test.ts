import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { findBinding } from '../device/addon.ts';

const run = promisify(execFile);

test('the real installer of tfjs-node-gpu, with this package for adm-zip, ends content before it downloads', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unroll-installer-'));
  const { folder: original } = findBinding();
  const modules = join(original, '..', '..');
  const clone = join(folder, 'node_modules', 'clone');
  await cp(join(original, 'scripts'), join(clone, 'scripts'), { recursive: true });
  await cp(join(original, 'package.json'), join(clone, 'package.json'));
  for (const name of ['rimraf', 'https-proxy-agent', 'progress', 'tar'])
    await symlink(join(modules, name), join(folder, 'node_modules', name));
  await symlink(fileURLToPath(new URL('./installer-off', import.meta.url)), join(folder, 'node_modules', 'adm-zip'));
  const { stdout } = await run(process.execPath, ['scripts/install.js', 'gpu', 'download'], {
    cwd: clone,
    env: { TFJS_NODE_BASE_URI: 'http://127.0.0.1:9/' },
  });
  expect(stdout).toContain('npx unroll setup');
  await rm(folder, { recursive: true });
});
