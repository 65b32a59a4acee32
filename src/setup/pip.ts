import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { UserError } from '../errors.ts';
import { runProgram } from './program.ts';

const timeLimit = 1_800_000; // ms: 270 MB at 1.2 Mbit/s, slower than any line worth waiting for
const machines: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86_64', arm64: 'aarch64' };
const pips: readonly (readonly [string, ...string[]])[] = [['python3', '-m', 'pip'], ['pip3'], ['pip']];

/**
 * Downloads wheels for this machine, whatever Python is installed: the library inside does not depend on it. Returns their paths.
 * Throws a `UserError` where no pip answers or pip cannot have them.
 */
export async function downloadWheels(requirements: readonly string[], folder: string): Promise<string[]> {
  const machine = machines[process.arch];
  if (machine === undefined) throw new UserError(`There is no TensorFlow wheel for ${process.arch}.`);
  const [program, ...before] = await findPip();
  const platforms = ['manylinux_2_27', 'manylinux_2_17', 'manylinux2014'].flatMap((name) => ['--platform', `${name}_${machine}`]); // TensorFlow's own, then those of NVIDIA's wheels
  const target = ['--python-version', '3.11', ...platforms];
  const manners = ['--disable-pip-version-check', '--no-input', '--no-cache-dir', '--retries', '1']; // the kit has its own cache; one retry tells a dead line from a hiccup
  const args = [...before, 'download', '--no-deps', '--only-binary=:all:', ...target, ...manners, '--dest', folder, ...requirements];
  const { ok, output } = await runProgram(program, args, { timeLimit });
  if (!ok) {
    const cause = output.split('\n').find((line) => line.startsWith('ERROR')) ?? output.trim().split('\n').at(-1) ?? '';
    throw new UserError(
      `pip could not download ${requirements.join(' ')} (${cause.trim()}): check the network, or download the wheel elsewhere and run \`npx unroll setup --from WHEEL\`.`,
    );
  }
  return (await readdir(folder)).filter((name) => name.endsWith('.whl')).map((name) => join(folder, name));
}

async function findPip(): Promise<readonly [string, ...string[]]> {
  for (const pip of pips) {
    const [program, ...args] = pip;
    const { ok } = await runProgram(program, [...args, '--version'], { timeLimit: 30_000 /* ms; half a second, more on a cold disk */ });
    if (ok) return pip;
  }
  throw new UserError(
    'No pip answers to python3 -m pip, pip3 or pip: install Python with pip, or download a wheel of tensorflow-cpu elsewhere and run `npx unroll setup --from WHEEL`.',
  );
}
