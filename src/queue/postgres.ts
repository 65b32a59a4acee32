import { setTimeout as delay } from 'node:timers/promises';

import type { PostgresConnectionOptions } from 'bullmq';
import type { Pool } from 'pg';

import { UserError } from '../errors.ts';
import { Absence, isAway, loadOptional, whyNot, type Server, type ServerOptions, type Shelf } from './server.ts';

const retryMs = 500; // between two tries to reach a server that has gone
const mostConnections = 6; // of one process: two that listen, and some for what is asked; a server has a hundred
const tableLock = 8_657_655; // a number of our own: one process at a time makes the table

const table = `
  CREATE SCHEMA IF NOT EXISTS unroll;
  CREATE TABLE IF NOT EXISTS unroll.shelf (name text PRIMARY KEY, body bytea NOT NULL, until timestamptz NOT NULL);
  DELETE FROM unroll.shelf WHERE until <= now();`;

/** PostgreSQL 13 or newer: BullMQ's tables in the schema `bullmq`, ours in `unroll`. What is asked while it is away waits until it is back. */
export async function openPostgres(options: ServerOptions): Promise<Server> {
  const [{ Pool }, { createPostgresBackend, runMigrations, withBackend }] = await Promise.all([
    loadOptional('pg', () => import('pg')),
    loadOptional('bullmq', () => import('bullmq')),
  ]);
  const pool = new Pool({
    connectionString: options.url,
    max: mostConnections,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    options: '-c search_path=bullmq', // BullMQ asks it of a pool that it did not make
  });
  const absence = new Absence(options);
  pool.on('error', (error) => absence.begin(error));
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client);
      await client.query('SELECT pg_advisory_lock($1)', [tableLock]);
      await client.query(table);
    } finally {
      client.release(true); // and the lock with it
    }
  } catch (error) {
    await pool.end();
    throw new UserError(`${options.address} cannot be used as a queue: ${whyNot(error)}`);
  }
  const closing = new AbortController();
  const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        const answer = await ask();
        absence.end();
        return answer;
      } catch (error) {
        if (closing.signal.aborted || !isAway(error)) throw error;
        absence.begin(error);
        await delay(retryMs);
      }
    }
  };
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const connection = pool as PostgresConnectionOptions;
  return {
    address: options.address,
    shelf: shelfIn(pool, patiently),
    patiently,
    hear: (error) => absence.hear(error),
    openQueue: (name) => new Queue(name, { connection }) as unknown as ReturnType<Server['openQueue']>, // the same class, with another type behind it
    openWorker: (name, work, more) => new Worker(name, work, { ...more, connection }) as unknown as ReturnType<Server['openWorker']>,
    close: async () => {
      closing.abort();
      await pool.end();
    },
  };
}

function shelfIn(pool: Pool, patiently: Server['patiently']): Shelf {
  const ask = (text: string, values: readonly unknown[]) => patiently(() => pool.query<{ name: string; body: Buffer }>(text, [...values]));
  const rows = async (text: string, value: unknown) => new Map((await ask(text, [value])).rows.map(({ name, body }) => [name, body]));
  return {
    get: (names) => rows('SELECT name, body FROM unroll.shelf WHERE name = ANY($1) AND until > now()', names),
    put: async (name, bytes, { seconds, first = false }) => {
      const { rowCount } = await ask(
        `INSERT INTO unroll.shelf AS old VALUES ($1, $2, now() + $3 * interval '1 second')
         ON CONFLICT (name) DO UPDATE SET body = excluded.body, until = excluded.until WHERE NOT $4 OR old.until <= now()`,
        [name, bytes, seconds, first],
      );
      return rowCount === 1;
    },
    remove: async (name) => {
      await ask('DELETE FROM unroll.shelf WHERE name = $1', [name]);
    },
    list: (start) => rows('SELECT name, body FROM unroll.shelf WHERE starts_with(name, $1) AND until > now()', start),
  };
}
