import { runProgram } from './program.ts';

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
