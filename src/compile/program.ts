import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { common } from './learner.ts';

const libraries = [/^@tensorflow\/tfjs(-.*)?$/, /^webgpu$/, /^esbuild$/, /^node:/];

/** The programs that run in a box, in driver/: the driver, the compiler, and the trial of the wall. */
export type Program = 'main' | 'compiler' | 'trial';

const programs = new Map<Program, Promise<string>>();

/** A program of the box as one file; made once per process. */
export function compileProgram(name: Program): Promise<string> {
  const made = programs.get(name) ?? bundleProgram(name);
  programs.set(name, made);
  return made;
}

async function bundleProgram(name: Program): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../driver/${name}.ts`, import.meta.url))],
    ...common,
    plugins: [
      {
        name: 'libraries-stay-outside',
        setup: (bundle) =>
          bundle.onResolve({ filter: /.*/ }, ({ path }) =>
            libraries.some((name) => name.test(path)) ? { path, external: true } : undefined,
          ),
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}
