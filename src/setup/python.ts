import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { UserError } from '../errors.ts';
import { runProgram } from './program.ts';

const downloadLimit = 1_800_000; // ms: 270 MB at 1.2 Mbit/s, slower than any line worth waiting for
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
  const target = ['--only-binary=:all:', '--python-version', '3.11', ...platforms, '--disable-pip-version-check', '--no-input'];
  await reachIndex(program, [...before, 'index', 'versions', ...target], requirements);
  const manners = ['--no-deps', '--no-cache-dir', '--retries', '1']; // the kit has its own cache; one retry tells a dead line from a hiccup
  const args = [...before, 'download', ...target, ...manners, '--dest', folder, ...requirements];
  const { ok, output } = await runProgram(program, args, { timeLimit: downloadLimit });
  if (!ok) throw refusal(requirements, output);
  return (await readdir(folder)).filter((name) => name.endsWith('.whl')).map((name) => join(folder, name));
}

/** Asks for the versions first: where the network is dead, the download waits for minutes. */
async function reachIndex(program: string, question: readonly string[], requirements: readonly string[]): Promise<void> {
  const patience = ['--timeout', '4', '--retries', '0']; // s for each index; a list of versions takes 1 s
  const name = /^[\w-]+/.exec(requirements[0] ?? '')?.[0] ?? '';
  const { ok, output } = await runProgram(program, [...question, ...patience, name], { timeLimit: 8000 /* ms: two indices */ });
  if (!ok && !output.includes('unknown command')) throw refusal(requirements, output); // pip before 21.2 has no such question
}

function refusal(requirements: readonly string[], output: string): UserError {
  const cause = output.split('\n').find((line) => line.startsWith('ERROR')) ?? output.trim().split('\n').at(-1) ?? '';
  return new UserError(
    `pip could not download ${requirements.join(' ')} (${cause.trim()}): check the network, or download the wheel elsewhere and run \`npx unroll setup --from WHEEL\`.`,
  );
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

const question =
  "import importlib.util as u; s = u.find_spec('tensorflow'); print(s.submodule_search_locations[0] if s and s.submodule_search_locations else '')";

/** The folder of the TensorFlow that this machine's Python has, found without importing it. */
export async function findPythonTensorFlow(): Promise<string | undefined> {
  for (const python of ['python3', 'python']) {
    const { ok, output } = await runProgram(python, ['-c', question], { timeLimit: 30_000 /* ms; 50 ms, more on a cold disk */ });
    const folder = output.trim().split('\n').at(-1);
    if (ok && folder) return folder;
  }
  return undefined;
}
