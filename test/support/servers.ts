import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { messageOf } from '../../src/errors.ts';
import { openServer } from '../../src/queue/server.ts';

/** A server of a test's own, on loopback, that keeps what it is told on disk. */
export interface TestServer {
  readonly url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it where it has been killed. */
  start(): Promise<void>;
  /** Ends it for good, and removes what it kept. */
  remove(): Promise<void>;
}

export const serverKinds = ['redis', 'postgres'] as const;
type ServerKind = (typeof serverKinds)[number];

const nobody = 65534; // PostgreSQL does not run as root
const isRoot = process.geteuid?.() === 0;
const asOther = isRoot ? { uid: nobody, gid: nobody } : {};

/** The path of a program of PostgreSQL, which Debian keeps out of PATH, or of Redis. */
export function findServerProgram(name: string): string | undefined {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').toSorted() : [];
  const places = [...(process.env['PATH'] ?? '').split(delimiter), ...versions.toReversed().map((of) => `/usr/lib/postgresql/${of}/bin`)];
  return places.map((place) => join(place, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export async function startServer(kind: ServerKind): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), `unroll-${kind}-`));
  if (isRoot) chownSync(folder, nobody, nobody);
  const port = await freePort();
  const { url, words } = kind === 'redis' ? redis(folder, port) : await postgres(folder, port);
  let running: ChildProcess | undefined;
  const server: TestServer = {
    url,
    start: async () => {
      for (let tries = 0; ; tries++) {
        running = spawn(words[0] as string, words.slice(1), { stdio: 'ignore', ...asOther });
        if (await answers(url, running)) return;
        if (tries === 20) throw new Error(`${kind} does not start`);
        await delay(300); // PostgreSQL waits for the processes of the one that was killed
      }
    },
    kill: async () => {
      const ended = running?.exitCode === null && running.signalCode === null ? once(running, 'exit') : undefined;
      running?.kill('SIGKILL');
      await ended;
    },
    remove: async () => {
      await server.kill();
      rmSync(folder, {
        recursive: true,
        force: true,
        maxRetries: 20,
        retryDelay: 100 /* ms: processes of PostgreSQL that are still ending */,
      });
    },
  };
  await server.start();
  return server;
}

function redis(folder: string, port: number) {
  const settings = { port, bind: '127.0.0.1', dir: folder, appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' };
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return { url: `redis://127.0.0.1:${port}`, words: [findServerProgram('redis-server') ?? 'redis-server', ...words] };
}

async function postgres(folder: string, port: number) {
  const data = join(folder, 'data');
  const made = spawn(findServerProgram('initdb') ?? 'initdb', ['-D', data, '-U', 'unroll', '--auth=trust', '--no-sync'], {
    stdio: 'ignore',
    ...asOther,
  });
  const [code] = (await once(made, 'exit')) as [number];
  if (code !== 0) throw new Error(`initdb ended with ${code}`);
  const words = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
  return { url: `postgres://unroll@127.0.0.1:${port}/postgres`, words: [findServerProgram('postgres') ?? 'postgres', ...words] };
}

/** Waits until a server answers; false where its process ends before. */
async function answers(url: string, process: ChildProcess): Promise<boolean> {
  while (process.exitCode === null && process.signalCode === null) {
    try {
      const server = await openServer(url, () => undefined);
      await server.close();
      return true;
    } catch (error) {
      if (!/ECONNREFUSED|starting up|not yet accepting|recovery|LOADING/.test(messageOf(error))) throw error;
      await delay(50);
    }
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
