import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { listCudaRequirements, unpackCuda } from './cuda.ts';
import { openWheel } from './wheel.ts';
import { packZip } from '../../test/support/zip.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-cuda-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the extra and-cuda is read from the METADATA, other extras and the description are not', () => {
  const metadata = [
    'Name: tensorflow',
    'Requires-Dist: numpy>=1.26.0',
    'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"',
    "Requires-Dist: nvidia-nccl-cu12 (<3.0,>=2.27.7) ; extra == 'and-cuda'",
    'Requires-Dist: tensorflow-io-gcs-filesystem>=0.23.1; extra == "gcs-filesystem"',
    '',
    'Requires-Dist: nvidia-evil; extra == "and-cuda"',
  ].join('\n');
  expect(listCudaRequirements(metadata)).toEqual(['nvidia-cublas-cu12<13.0,>=12.5.3.2', 'nvidia-nccl-cu12<3.0,>=2.27.7']);
});

test("NVIDIA's libraries lie where TensorFlow looks for them, their headers stay behind", async () => {
  const sha256 = createHash('sha256').update('library').digest('base64url');
  const paths = ['nvidia/cublas/lib/libcublas.so.12', 'nvidia/cublas/include/cublas.h', 'nvidia/cuda_nvcc/bin/ptxas'];
  const record = paths.map((path) => `${path},sha256=${sha256},7\n`).join('');
  const wheel = join(folder, 'nvidia.whl');
  await writeFile(
    wheel,
    packZip({ ...Object.fromEntries(paths.map((path) => [path, 'library'])), 'nvidia_cublas_cu12-1.dist-info/RECORD': record }),
  );
  await unpackCuda([await openWheel(wheel)], folder);
  expect(await readFile(join(folder, paths[0] ?? ''), 'utf8')).toBe('library');
  expect(await readFile(join(folder, paths[2] ?? ''), 'utf8')).toBe('library');
  await expect(readFile(join(folder, paths[1] ?? ''))).rejects.toThrow('ENOENT');
});
