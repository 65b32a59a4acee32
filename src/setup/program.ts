import { spawn } from 'node:child_process';

/** How another program ended: `missing` where there is no such program. */
export interface ProgramOutcome {
  readonly ok: boolean;
  readonly missing: boolean;
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
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeLimit,
      killSignal: 'SIGKILL',
    });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error: NodeJS.ErrnoException) => resolve({ ok: false, missing: error.code === 'ENOENT', output: error.message }));
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') output += `\nstopped after ${timeLimit / 1000} s`;
      resolve({ ok: code === 0, missing: false, output });
    });
  });
}
