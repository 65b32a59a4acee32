import { spawn } from 'node:child_process';

/** How another program ended; of one that is not there the output tells that. */
export interface ProgramOutcome {
  readonly ok: boolean;
  readonly output: string;
}

export interface ProgramOptions {
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end and keeps what it wrote to both streams. */
export function runProgram(program: string, args: readonly string[], { timeLimit, cwd, env }: ProgramOptions): Promise<ProgramOutcome> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const finish = (ok: boolean, reason = ''): void => {
      clearTimeout(timer); // spawn's own time limit would keep Node running after a program that is not there
      resolve({ ok, output: `${output}${reason}` });
    };
    const timer = setTimeout(() => child.kill('SIGKILL'), timeLimit);
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error) => finish(false, error.message));
    child.on('close', (code, signal) => finish(code === 0, signal === 'SIGKILL' ? `\nstopped after ${timeLimit / 1000} s` : ''));
  });
}
