import { constants, existsSync } from 'node:fs';
import { copyFile, link, mkdir, readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { UserError } from '../errors.ts';
import { type Digest, digestFile } from './wheel-record.ts';

export const libraries = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'] as const;

/** Files laid out as in a TensorFlow wheel: `tensorflow/...` and `tensorflow-X.dist-info/...`. */
export interface FileTree {
  /** What to call it in a message. */
  readonly label: string;
  has(path: string): boolean;
  read(path: string): Promise<Buffer>;
  /** Brings one file to `target` and says what was written. */
  copy(path: string, target: string): Promise<Digest>;
  /** Names of folders `X.dist-info` beside `tensorflow`. */
  distInfos(): Promise<string[]>;
  close(): void;
}

/** An unpacked wheel: the folder `tensorflow` of a Python, or the one that holds it. */
export function openFolder(named: string): FileTree {
  const inner = [join(resolve(named), 'tensorflow'), resolve(named)].find((folder) => existsSync(join(folder, basename(libraries[0]))));
  if (inner === undefined) {
    throw new UserError(
      `${named} holds no ${basename(libraries[0])}: name a TensorFlow wheel or the folder \`tensorflow\` of Python's site-packages.`,
    );
  }
  const locate = (path: string): string =>
    path.startsWith('tensorflow/') ? join(inner, path.slice('tensorflow/'.length)) : join(dirname(inner), path);
  return {
    label: named,
    has: (path) => existsSync(locate(path)),
    read: (path) => readFile(locate(path)),
    copy: (path, target) => placeFile(locate(path), target),
    distInfos: async () => (await readdir(dirname(inner))).filter((name) => name.endsWith('.dist-info')),
    close: () => undefined,
  };
}

/** A second name for the same bytes where the file system allows it, else a copy: the library survives `pip uninstall`. */
async function placeFile(from: string, target: string): Promise<Digest> {
  const source = await realpath(from);
  await mkdir(dirname(target), { recursive: true });
  await link(source, target).catch(() => copyFile(source, target, constants.COPYFILE_FICLONE));
  return digestFile(target);
}
