import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { kitRoot } from '../course/places.ts';
import { UserError } from '../errors.ts';
import { kitVersion } from '../version.ts';
import { ownFiles, packageFiles } from './contents.ts';

/** What one archive may weigh, bytes: it is to be carried to places by hand. */
export const maxBytes = 50 * 2 ** 20;

const launcher = `#!/bin/sh
# Unroll with its own Node: nothing else is needed but, for a GPU, its driver and a Vulkan loader.
here="$(dirname "$(readlink -f "$0")")"
exec "$here/bin/node" "$here/src/cli/unroll.js" "$@"
`;

const readme = `Unroll ${kitVersion} for a machine without a network
${'='.repeat(44)}

Needed: Linux on the same kind of processor, for a GPU its driver and a Vulkan loader (libvulkan.so.1). Where the driver's
description lies in an unusual place, name it: export VK_DRIVER_FILES=/path/to/nvidia_icd.json

  ./unroll doctor                                      which devices can be used, and why
  ./unroll race --all --dir solutions --out races      every race, with the kit's solutions as the learner
  ./unroll grade DIR --device webgpu --out graded      one submission
  ./unroll course gpu --out gpu.json                   everything that is worth measuring where a GPU is at hand

Results are drawn elsewhere too: npx unroll report races/result.json
`;

/** Lays out in a folder what runs without a network: Node, the kit, its packages. */
export async function layOut(folder: string): Promise<void> {
  if (process.platform !== 'linux') throw new UserError('a bundle is made on Linux for Linux: make it there, or in a container');
  const files = [...ownFiles(kitRoot), ...packageFiles(kitRoot)];
  for (const made of new Set(files.map((path) => dirname(path)))) await mkdir(join(folder, made), { recursive: true });
  for (const path of files) await copyFile(join(kitRoot, path), join(folder, path));
  await mkdir(join(folder, 'bin'));
  await copyFile(process.execPath, join(folder, 'bin/node'));
  await writeFile(join(folder, 'unroll'), launcher);
  await chmod(join(folder, 'unroll'), 0o755); // the owner's to change, anyone's to run
  await writeFile(join(folder, 'README.txt'), readme);
}

/** Packs it all into one archive and returns its size in bytes. Throws `UserError` where it is too heavy to be carried. */
export async function makeBundle(archive: string): Promise<number> {
  const name = `unroll-${kitVersion}-${process.platform}-${process.arch}`;
  const folder = await mkdtemp(join(tmpdir(), 'unroll-bundle-'));
  try {
    await layOut(join(folder, name));
    await mkdir(dirname(resolve(archive)), { recursive: true });
    await promisify(execFile)('tar', ['-cJf', resolve(archive), '-C', folder, '--owner=0', '--group=0', name], {
      env: { ...process.env, XZ_OPT: '-T0' /* all processors */ },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { size } = await stat(archive);
  if (size > maxBytes)
    throw new UserError(`${archive} has ${size} bytes and may have ${maxBytes}: leave more out in src/package/contents.ts`);
  return size;
}
