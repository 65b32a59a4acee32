import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { UserError } from '../errors.ts';
import type { TensorFlowSource } from './build.ts';
import { type Flavour, locateEntries, nameEntry } from './cache.ts';
import { addonName } from './compiler.ts';
import { listCudaRequirements } from './cuda.ts';
import { digestFile } from './wheel-record.ts';
import { readDistribution } from './distribution.ts';
import { downloadWheels } from './python.ts';
import { readStamp } from '../device/stamp.ts';
import { type FileTree, openFolder } from './tree.ts';
import { openWheel } from './wheel.ts';

const version = '2.21.0'; // the release that tfjs-core's own suite was run against here

/** sha256 (hex) of the wheels whose bytes are known. Others are still checked file by file against their RECORD. */
const pins: Readonly<Record<string, string>> = {
  'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl': '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
};

/** What a user names: a wheel file or a folder. */
export async function openNamed(path: string, cuda: boolean): Promise<TensorFlowSource> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UserError(`There is no ${path}: name a TensorFlow wheel or the folder \`tensorflow\` of Python's site-packages.`);
  const tree = found.isDirectory() ? openFolder(path) : await openWheel(path);
  const beside = (await tree.distInfos()).some((name) => name.startsWith('nvidia_cuda_runtime'));
  return { distribution: await readDistribution(tree), nvidia: cuda && beside ? [tree] : undefined };
}

/** Downloads the wheels of one flavour, hands them over, and removes them whatever happens: 270 MB, or 3 GB with CUDA. */
export async function withDownload<T>(flavour: Flavour, use: (source: TensorFlowSource) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'unroll-wheels-'));
  const trees: FileTree[] = [];
  const open = async (path: string): Promise<FileTree> => {
    const tree = await openWheel(path);
    trees.push(tree);
    return tree;
  };
  try {
    const distribution = await readDistribution(await open(await downloadTensorFlow(flavour, folder)));
    if (flavour === 'cpu') return await use({ distribution, nvidia: undefined });
    const metadata = await distribution.tree.read(`${distribution.distInfo}/METADATA`);
    const wheels = await downloadWheels(listCudaRequirements(metadata.toString('utf8')), await mkdtemp(join(folder, 'nvidia-')));
    const nvidia = await Promise.all(wheels.map(open));
    return await use({ distribution, nvidia });
  } finally {
    for (const tree of trees) tree.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function downloadTensorFlow(flavour: Flavour, folder: string): Promise<string> {
  const name = flavour === 'cuda' || process.arch !== 'x64' ? 'tensorflow' : 'tensorflow-cpu'; // only x64 has a wheel without CUDA's code
  const [wheel] = await downloadWheels([`${name}==${version}`], folder);
  if (wheel === undefined) throw new UserError('pip said yes but left no wheel: update pip and run `npx unroll setup` again.');
  await checkPin(wheel);
  return wheel;
}

/** Refuses a wheel that is not the one this kit was tested with. */
export async function checkPin(wheel: string): Promise<void> {
  const pin = pins[basename(wheel)];
  if (pin === undefined) return;
  const { sha256 } = await digestFile(wheel);
  if (Buffer.from(sha256, 'base64url').toString('hex') === pin) return;
  throw new UserError(
    `The download ${basename(wheel)} is not the file this kit was tested with (its sha256 differs): run \`npx unroll setup\` again, and distrust the mirror if it happens twice.`,
  );
}

/** The addon of the newest whole library of this flavour in the cache. */
export async function findCached(flavour: Flavour, binding: string): Promise<string | undefined> {
  const names = await readdir(locateEntries()).catch(() => []);
  const newestFirst = names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  for (const name of newestFirst) {
    const stamp = await readStamp(join(locateEntries(), name));
    if (stamp && name === nameEntry({ version: stamp.version, flavour, binding })) return join(locateEntries(), name, addonName);
  }
  return undefined;
}
