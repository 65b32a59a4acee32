import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a child process has left behind: its one message, or how it died. */
export type ChildOutcome = { readonly message: unknown } | { readonly died: string };

const typescript = new URL('../typescript.js', import.meta.url).href;

/**
 * Runs a TypeScript file of the kit in a process of its own and waits for its one message: native code that crashes or hangs
 * takes only that process with it. `timeLimit` in milliseconds.
 */
export function askChild(
  file: URL,
  args: readonly string[],
  timeLimit: number,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ChildOutcome> {
  const child = fork(fileURLToPath(file), args, { execArgv: ['--import', typescript], env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  return new Promise((resolve) => {
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (words += text));
    const finish = (outcome: ChildOutcome): void => {
      clearTimeout(timer);
      child.kill('SIGKILL'); // it has said all it had to say, or never will
      resolve(outcome);
    };
    const timer = setTimeout(() => finish({ died: `gave no answer in ${timeLimit / 1000} s` }), timeLimit);
    child.on('message', (message) => finish({ message }));
    child.on('error', (error) => finish({ died: error.message }));
    child.on('close', (code, signal) => finish({ died: `ended with ${signal ?? `code ${code}`}${lastLine(words)}` }));
  });
}

function lastLine(words: string): string {
  const line = words.trim().split('\n').at(-1) ?? '';
  return line === '' ? '' : `: ${line}`;
}
