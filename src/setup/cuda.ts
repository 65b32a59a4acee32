import { unpackFile } from './distribution.ts';
import { parseRecord } from './wheel-record.ts';
import type { FileTree } from './tree.ts';

/**
 * The way to CUDA 12: the wheel `tensorflow` with what its extra `and-cuda` requires, laid out as pip does, since TensorFlow looks
 * for `../nvidia/X/lib` beside itself. NOT MEASURED YET: no machine with an NVIDIA GPU has run it; reading the METADATA and the
 * layout are tested. If it fails, setup goes on with the library for the processor.
 */
export function listCudaRequirements(metadata: string): string[] {
  const requirements: string[] = [];
  for (const line of metadata.split(/\r?\n/)) {
    if (line === '') break; // the description follows: free text
    const match = /^Requires-Dist:\s*(nvidia-[\w-]+)\s*\(?([^;()]*)\)?\s*;\s*extra\s*==\s*["']and-cuda["']\s*$/.exec(line);
    if (match?.[1]) requirements.push(`${match[1]}${(match[2] ?? '').replaceAll(' ', '')}`);
  }
  return requirements;
}

/** Where TensorFlow finds each of NVIDIA's libraries, relative to the addon: the names that their wheels use. */
export const cudaFolders: readonly string[] = [
  'cublas',
  'cuda_cupti',
  'cuda_nvrtc',
  'cuda_runtime',
  'cudnn',
  'cufft',
  'curand',
  'cusolver',
  'cusparse',
  'nccl',
  'nvjitlink',
].map((name) => `nvidia/${name}/lib`);

/** Unpacks NVIDIA's wheels beside `tensorflow`: the libraries, and of the compiler's wheel what XLA runs. Headers stay behind. */
export async function unpackCuda(trees: readonly FileTree[], folder: string): Promise<void> {
  for (const tree of trees) {
    for (const distInfo of (await tree.distInfos()).filter((name) => name.startsWith('nvidia_'))) {
      const digests = parseRecord((await tree.read(`${distInfo}/RECORD`)).toString('utf8'));
      const wanted = [...digests.keys()].filter(
        (path) => /^nvidia\/([^/]+\/lib|cuda_nvcc\/(bin|nvvm))\//.test(path) && !path.endsWith('.py'),
      );
      for (const path of wanted) await unpackFile({ tree, digests }, path, folder);
    }
  }
}
