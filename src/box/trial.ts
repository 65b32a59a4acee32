import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { compileProgram } from '../compile/program.ts';
import { launchBox, type Launched } from './launch.ts';
import { usualLimits } from './limits.ts';

const patienceMs = 20_000; // takes 0.2 s; a busy machine some seconds
const reachedSchema = z.array(z.string());

/**
 * Puts a program behind the wall that tries to reach the grader's files, process and network, and the calls that are refused; gives what it reached.
 * Throws where the wall cannot be built, with what bubblewrap said.
 */
export async function tryWall(): Promise<string[]> {
  const server = createServer().listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const argument = JSON.stringify({ file: fileURLToPath(import.meta.url), grader: process.pid, port });
    const program = await compileProgram('trial');
    return await outcome(launchBox({ device: undefined, level: 'namespace', limits: usualLimits, program, argument }));
  } finally {
    server.close();
  }
}

async function outcome({ child, printed, cgroup, clear }: Launched): Promise<string[]> {
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0)
      throw new Error(
        printed
          .lastWords()
          .trim()
          .split('\n')
          .find((line) => line.startsWith('bwrap:')) ?? `${printed.lastWords().trim().split('\n').at(-1) ?? ''} (exit code ${code})`,
      );
    return reachedSchema.parse(JSON.parse(printed.lastWords()));
  } finally {
    clearTimeout(timer);
    await cgroup?.remove();
    clear();
  }
}
