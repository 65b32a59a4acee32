import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { UserError } from '../errors.ts';
import { type Binding, findNodeHeaders } from '../device/addon.ts';
import { runProgram } from './program.ts';
import { libraries } from './tree.ts';

const timeLimit = 600_000; // ms: two files take 11 s on two cores, a Raspberry Pi may need minutes
const advice = 'install one (Debian, Ubuntu: `apt install g++`; Fedora: `dnf install gcc-c++`) and run `npx unroll setup` again';

export const addonName = 'tfjs_binding.node';
export const quietName = 'libquiet.so';

/** What the addon and the small library beside it are linked from. */
interface Objects {
  readonly addon: readonly string[];
  readonly quiet: string;
}

/** The first C++ compiler that answers: what CXX names, else the usual ones. */
export async function findCompiler(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const names = env['CXX'] ? [env['CXX']] : ['g++', 'c++', 'clang++'];
  for (const name of names) {
    const { ok } = await runProgram(name, ['--version'], { timeLimit: 10_000 /* ms; answers in 10 ms */ });
    if (ok) return name;
  }
  throw new UserError(`No C++ compiler answers to ${names.join(', ')}: ${advice}.`);
}

/** The folders with the addon's sources: the package's own, and the kit's one file that silences TensorFlow's greeting. */
export function listSourceFolders(binding: Binding): [string, string] {
  return [join(binding.folder, 'binding'), fileURLToPath(new URL('./native', import.meta.url))];
}

/** Compiles the sources, each in its own process. node-gyp would download Node's headers; npm's `node-api-headers` has them. */
export async function compileObjects(compiler: string, binding: Binding, folder: string): Promise<Objects> {
  const [sources, own] = listSourceFolders(binding);
  await mkdir(join(folder, 'objects'), { recursive: true });
  const flags = ['-std=c++17', '-O2', '-fPIC', '-c', '-DNAPI_VERSION=8'];
  const includes = [findNodeHeaders(), sources, join(folder, 'tensorflow/include')].map((path) => `-I${path}`);
  const compileOne = async (source: string): Promise<string> => {
    const object = join(folder, 'objects', `${basename(source)}.o`);
    await compile(compiler, [...flags, ...includes, source, '-o', object]);
    return object;
  };
  const names = [join(sources, 'tfjs_backend.cc'), join(sources, 'tfjs_binding.cc')];
  const [quiet, ...addon] = await Promise.all([compileOne(join(own, 'quiet.cc')), ...names.map(compileOne)]);
  return { addon, quiet };
}

/**
 * Links the addon into `folder`, against empty libraries that only carry TensorFlow's names: the linker needs 9 s to read 850 MB of
 * the real ones, and would have to wait until they are unpacked. That every symbol is there is seen when the addon is tried.
 * It looks for TensorFlow beside itself ($ORIGIN), so the folder may be renamed; the old kind of search path is asked for because
 * it also holds for what TensorFlow loads. `folders` are further places, relative to the addon.
 */
export async function linkObjects(compiler: string, { addon, quiet }: Objects, folder: string, folders: readonly string[]): Promise<void> {
  const work = join(folder, 'objects');
  const names = libraries.map((path) => basename(path));
  await Promise.all([
    ...names.map((name) =>
      compile(compiler, ['-shared', '-nostdlib', `-Wl,-soname,${name}`, '-x', 'c', '/dev/null', '-o', join(work, name)]),
    ),
    // initfirst: it must have spoken before TensorFlow's own start-up code does
    compile(compiler, ['-shared', '-nostdlib', quiet, `-Wl,-soname,${quietName}`, '-Wl,-z,initfirst', '-o', join(folder, quietName)]),
  ]);
  const search = ['$ORIGIN', ...['tensorflow', ...folders].map((name) => `$ORIGIN/${name}`)].map((path) => `-Wl,-rpath,${path}`);
  const needed = ['-Wl,--no-as-needed', `-L${work}`, `-L${folder}`, ...[quietName, ...names].map((name) => `-l:${name}`)];
  await compile(compiler, ['-shared', ...addon, ...needed, '-Wl,--disable-new-dtags', ...search, '-o', join(folder, addonName)]);
}

async function compile(compiler: string, args: readonly string[]): Promise<void> {
  const { ok, output } = await runProgram(compiler, args, { timeLimit });
  if (ok) return;
  const cause = output.split('\n').find((line) => /error|cannot find|stopped/i.test(line)) ?? output.trim().split('\n').at(-1) ?? '';
  throw new UserError(
    `${compiler} could not build the TensorFlow addon (${cause.trim()}): try another compiler with CXX, or \`npx unroll setup --official\`.`,
  );
}
