import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { UserError } from '../errors.ts';
import type { Binding } from '../device/addon.ts';
import { runProgram } from './program.ts';
import { hasNvidiaDriver } from '../device/provisioned.ts';
import { writeStamp } from '../device/stamp.ts';
import { tryAddon } from './build.ts';

const timeLimit = 900_000; // ms: 400 MB with the GPU library at 4 Mbit/s

/**
 * The package's own way: TensorFlow 2.9 with an addon built by its makers, so it needs no compiler and is the only way on macOS and
 * Windows. Its CUDA is 11.2: no use on Hopper. What worked before is put back if it fails.
 */
export async function installOfficial(binding: Binding): Promise<void> {
  await reachDownload();
  const before = `${binding.addon}.before`;
  const deps = join(binding.folder, 'deps');
  const hadDeps = existsSync(deps);
  if (existsSync(binding.addon)) await rename(binding.addon, before);
  try {
    await runInstaller(binding);
    const { version, kind } = await tryAddon(binding.addon);
    const facts = {
      version,
      kind,
      flavour: kind === 'gpu' ? 'cuda' : 'cpu',
      binding: binding.version,
      source: 'the official download',
    } as const;
    await writeStamp(dirname(binding.addon), facts, ['tfjs_binding.node']);
    await rm(before, { force: true });
  } catch (error) {
    await rm(binding.addon, { force: true });
    if (existsSync(before)) await rename(before, binding.addon);
    if (!hadDeps) await rm(deps, { recursive: true, force: true });
    throw error;
  }
}

/** Asks the server for a sign of life first: its installer waits minutes for a network that is not there. A proxy answers for itself. */
async function reachDownload(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => env[name])) return; // the installer goes through it
  const server = env['TFJS_NODE_BASE_URI'] ?? env['TFJS_NODE_CDN_STORAGE'] ?? env['CDN_STORAGE'] ?? 'https://storage.googleapis.com/';
  const question = `await fetch(${JSON.stringify(server)}, { method: 'HEAD' })`;
  const patience = { timeLimit: 3000 /* ms: a server that serves 400 MB answers within a second */ };
  const { ok } = await runProgram(process.execPath, ['--input-type=module', '-e', question], patience); // a process can be left, a request for a name cannot
  if (!ok) throw new UserError(`${server} gives no answer: check the network, or run \`npx unroll setup --from WHEEL\`.`);
}

async function runInstaller(binding: Binding): Promise<void> {
  const programs = [join(binding.folder, 'node_modules', '.bin'), join(binding.folder, '..', '..', '.bin')]; // where node-pre-gyp is
  const PATH = [...programs, process.env['PATH']].join(delimiter);
  const env = { ...process.env, PATH, UNROLL_OFFICIAL: '1' }; // lets the installer past src/setup/installer-off
  const args = ['scripts/install.js', hasNvidiaDriver() ? 'gpu' : 'cpu', 'download'];
  const { ok, output } = await runProgram(process.execPath, args, { timeLimit, cwd: binding.folder, env });
  if (ok && existsSync(binding.addon)) return;
  const cause = output.split('\n').find((line) => /^\s*\w*Error:|stopped/.test(line)) ?? 'it left no addon';
  throw new UserError(
    `The official download of TensorFlow failed (${cause.trim()}): check the network, or run \`npx unroll setup --from WHEEL\`.`,
  );
}
