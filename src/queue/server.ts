import { setTimeout as delay } from 'node:timers/promises';

import type { Processor, Queue, Worker, WorkerOptions } from 'bullmq';

import { codeOf } from '../files.ts';
import { messageOf, UserError } from '../errors.ts';

/** Bytes by name, on a server that grader and workers reach. Each has an end: nothing of a class stays there for ever. */
export interface Shelf {
  get(names: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** False where `first` is asked for and something is there. */
  put(name: string, bytes: Buffer, how: { readonly seconds: number; readonly first?: boolean }): Promise<boolean>;
  remove(name: string): Promise<void>;
  /** All whose names begin so. */
  list(prefix: string): Promise<ReadonlyMap<string, Buffer>>;
}

/** One server for both: the jobs of BullMQ, and what they are about. */
export interface Server {
  /** Its address without a password. */
  readonly address: string;
  readonly shelf: Shelf;
  /** Asks until the server answers, where it is away. */
  patiently<T>(ask: () => Promise<T>): Promise<T>;
  /** What BullMQ met and tries again by itself. */
  hear(error: unknown): void;
  openQueue(name: string): Queue;
  openWorker(name: string, work: Processor, options: Omit<WorkerOptions, 'connection'>): Worker;
  close(): Promise<void>;
}

/** What both kinds of server are opened with. */
export interface ServerOptions {
  readonly url: string;
  readonly address: string;
  /** Told once for each time that the server goes away, and when it is back. */
  readonly tell: (text: string) => void;
}

/** Opens Redis, Valkey or PostgreSQL by its address. Throws `UserError` where there is none, or where its packages are not installed. */
export async function openServer(url: string, tell: (text: string) => void): Promise<Server> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const scheme = /^(?<redis>redis|valkey)s?:$|^postgres(?:ql)?:$/.exec(parsed?.protocol ?? '');
  if (parsed === undefined || scheme === null)
    throw new UserError('a queue is named by redis://HOST:PORT, valkey://HOST:PORT or postgres://USER@HOST:PORT/DATABASE');
  const address = showAddress(parsed);
  if (scheme.groups?.['redis'] === undefined) return (await import('./postgres.ts')).openPostgres({ url, address, tell });
  return (await import('./redis.ts')).openRedis({ url: url.replace(/^valkey/, 'redis'), address, tell });
}

/** Without what opens it: it stands in messages. */
function showAddress(url: URL): string {
  return `${url.protocol}//${url.username === '' ? '' : `${url.username}@`}${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}

/** Loads a package that the kit does without until somebody asks for a queue. */
export async function loadOptional<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new UserError(
      `\`--queue\` needs the package ${name}, which is not installed; run \`npm ci --include=optional\` in the kit's folder`,
    );
  }
}

/** What keeps a server from answering, in words. */
export function whyNot(error: unknown): string {
  return messageOf(error) === '' ? (codeOf(error) ?? 'no reason was given') : messageOf(error);
}

/** Whether it is the server that is missing, and not what was asked that is wrong. */
export function isAway(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = /connection (?:terminated|error|is closed)|timeout exceeded/i;
  return /^(?:ECONN|EPIPE|ETIMEDOUT|57P0[123]$|08)/.test(code) || words.test(whyNot(error));
}

/** Tells that a server is away, once each time. */
export class Absence {
  readonly #address: string;
  readonly #tell: (text: string) => void;
  #away = false;

  constructor({ address, tell }: ServerOptions) {
    this.#address = address;
    this.#tell = tell;
  }

  begin(error: unknown): void {
    if (this.#away) return;
    this.#away = true;
    this.#tell(`${this.#address} does not answer (${whyNot(error)}); waiting until it does`);
  }

  /** An error of which the server's absence is one of many causes. */
  hear(error: unknown): void {
    if (!this.#away && !isAway(error)) this.#tell(`the queue on ${this.#address}: ${whyNot(error)}`);
  }

  end(): void {
    if (this.#away) this.#tell(`${this.#address} answers again`);
    this.#away = false;
  }
}

const patienceMs = 3000; // of a person who has ended it, with a server that may be away

/** Ends in order where the server answers, and without it where it does not. */
export async function endSoon(end: () => Promise<void>): Promise<void> {
  await Promise.race([end(), delay(patienceMs, undefined, { ref: false })]);
}
