import { basename, join } from 'node:path';

import { UserError } from '../errors.ts';
import { type Digest, parseRecord } from './wheel-record.ts';
import { type FileTree, libraries } from './tree.ts';

/** A TensorFlow as pip knows it: its version, and the digests its files must have. */
export interface Distribution {
  readonly tree: FileTree;
  /** `tensorflow`, `tensorflow_cpu`, ... */
  readonly name: string;
  readonly version: string;
  readonly distInfo: string;
  readonly digests: ReadonlyMap<string, Digest>;
}

/** Finds the distribution that the library belongs to; its RECORD is what every file is checked against. */
export async function readDistribution(tree: FileTree): Promise<Distribution> {
  for (const distInfo of await tree.distInfos()) {
    const named = /^(tensorflow\w*)-(\d[\w.+]*)\.dist-info$/.exec(distInfo);
    if (!named?.[1] || !named[2] || !tree.has(`${distInfo}/RECORD`)) continue;
    const digests = parseRecord((await tree.read(`${distInfo}/RECORD`)).toString('utf8'));
    if (digests.has(libraries[0])) return { tree, name: named[1], version: named[2], distInfo, digests };
  }
  throw new UserError(
    `${tree.label} lists no ${basename(libraries[0])} in a RECORD: name a wheel of TensorFlow for Linux or a folder that pip installed.`,
  );
}

/** Brings one file to its place under `folder` and refuses it unless it is byte for byte what the RECORD promises. */
export async function unpackFile({ tree, digests }: Pick<Distribution, 'tree' | 'digests'>, path: string, folder: string): Promise<void> {
  const expected = digests.get(path);
  if (!expected) throw new UserError(`${path} is not in the RECORD of ${tree.label}: download it again.`);
  const found = await tree.copy(path, join(folder, path));
  if (found.size === expected.size && found.sha256 === expected.sha256) return;
  throw new UserError(
    `${path} in ${tree.label} does not match its RECORD (${found.size} bytes of ${expected.size}, or other ones): download it again.`,
  );
}
