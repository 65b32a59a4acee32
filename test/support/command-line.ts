import { execFile } from 'node:child_process';
import { join } from 'node:path';

import { kitRoot } from '../../src/course/places.ts';

export interface Run {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command line in the kit's folder, as a process of its own. */
export function unroll(...words: readonly string[]): Promise<Run> {
  return unrollIn(kitRoot, ...words);
}

/** The same in another folder. */
export function unrollIn(cwd: string, ...words: readonly string[]): Promise<Run> {
  return runUnroll(kitRoot, words, cwd);
}

/** Runs the command line of the kit that lies in `root`; `input` is typed into it. */
export function runUnroll(root: string, words: readonly string[], cwd: string, input = ''): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 /* bytes: a result is some 30 kB */ } as const;
    const child = execFile(process.execPath, [join(root, 'src/cli/unroll.js'), ...words], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

/** Grades on what is there on every machine and ready in a moment, and on the same inputs every time. */
export const onWasm = ['--device', 'wasm', '--seed', 'cli'] as const;
