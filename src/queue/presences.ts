import { randomBytes } from 'node:crypto';

import { parseJson } from '../files.ts';
import { presenceSchema, type Presence } from './packets.ts';
import type { Shelf } from './server.ts';

type Role = 'worker' | 'grader';

const livesSeconds = 30; // after its last word: whoever was killed is forgotten soon
const renewMs = 10_000; // a third of it

/** Who is there at the other end of the queue. What they say of themselves is open, and nothing is believed for it. */
export class Presences {
  readonly #shelf: Shelf;
  readonly #name: string;
  #renewing: NodeJS.Timeout | undefined;

  constructor(shelf: Shelf, role: Role) {
    this.#shelf = shelf;
    this.#name = `${role}/${randomBytes(8).toString('hex')}`;
  }

  /** Says who this process is until `leave`. */
  async announce(presence: Presence): Promise<void> {
    const say = () => this.#shelf.put(this.#name, Buffer.from(JSON.stringify(presence)), { seconds: livesSeconds });
    await say();
    this.#renewing = setInterval(() => void say().catch(() => undefined), renewMs); // said again in a moment, and an absent server is told elsewhere
    this.#renewing.unref();
  }

  async list(role: Role): Promise<Presence[]> {
    const found = [...(await this.#shelf.list(`${role}/`)).values()];
    return found.flatMap((bytes) => {
      const read = presenceSchema.safeParse(parseJson(bytes.toString()));
      return read.success ? [read.data] : []; // of a kit that says it in other words
    });
  }

  async leave(): Promise<void> {
    clearInterval(this.#renewing);
    await this.#shelf.remove(this.#name);
  }
}
