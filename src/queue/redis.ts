import { UserError } from '../errors.ts';
import { Absence, loadOptional, whyNot, type Server, type ServerOptions, type Shelf } from './server.ts';

const prefix = 'unroll:'; // beside BullMQ's own `bull:`
const retryMs = 500; // between two tries to reach a server that has gone

/** Redis, Valkey, or what speaks like them. What is asked while it is away waits until it is back. */
export async function openRedis(options: ServerOptions): Promise<Server> {
  const [{ Redis }, { Queue, Worker }] = await Promise.all([
    loadOptional('ioredis', () => import('ioredis')),
    loadOptional('bullmq', () => import('bullmq')),
  ]);
  let ready = false;
  const client = new Redis(options.url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    retryStrategy: () => (ready ? retryMs : null), // at the start a person is waiting for the reason
  });
  const absence = new Absence(options);
  let reason: unknown;
  client.on('error', (error) => (ready ? absence.begin(error) : (reason = error)));
  client.on('ready', () => absence.end());
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    client.disconnect();
    throw new UserError(`${options.address} does not answer: ${whyNot(reason ?? error)}`);
  }
  ready = true;
  const connection = client;
  return {
    address: options.address,
    shelf: shelfIn(client),
    patiently: (ask) => ask(), // the client itself waits
    hear: (error) => absence.hear(error),
    openQueue: (name) => new Queue(name, { connection }),
    openWorker: (name, work, more) => new Worker(name, work, { ...more, connection }),
    close: async () => client.disconnect(),
  };
}

function shelfIn(client: InstanceType<typeof import('ioredis').Redis>): Shelf {
  const get = async (names: readonly string[]) => {
    if (names.length === 0) return new Map<string, Buffer>();
    const found = await client.mgetBuffer(names.map((name) => prefix + name));
    return new Map(names.flatMap((name, at) => (found[at] == null ? [] : [[name, found[at]] as const])));
  };
  return {
    get,
    put: async (name, bytes, { seconds, first = false }) => {
      if (first) return (await client.set(prefix + name, bytes, 'EX', seconds, 'NX')) === 'OK';
      await client.set(prefix + name, bytes, 'EX', seconds);
      return true;
    },
    remove: async (name) => {
      await client.del(prefix + name);
    },
    list: async (start) => {
      const names = new Set<string>();
      for (let cursor = '0', begun = false; !begun || cursor !== '0'; begun = true) {
        const [next, page] = await client.scan(cursor, 'MATCH', `${prefix}${start}*`, 'COUNT', 1000);
        for (const name of page) names.add(name.slice(prefix.length));
        cursor = next;
      }
      return get([...names]);
    },
  };
}
