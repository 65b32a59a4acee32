import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';

import { kitRoot } from '../course/places.ts';

/** What an attacker is told of the machine, more than one can know: where things are that must not be reached. */
export interface Bait {
  /** A file of the one who grades, beside other students' work. */
  readonly secretFile: string;
  readonly judgePid: number;
  /** A server of the one who grades, on the loop-back. */
  readonly port: number;
  readonly abstractSocket: string;
  readonly kitRoot: string;
  /** The home of the one who grades. */
  readonly home: string;
}

/** Things of the one who grades that no attacker may come to know, and words of which none may stand in a result. */
export class BaitTrap {
  readonly bait: Bait;
  /** By what it is, a text that would show in a result if it had been seen. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly #servers: Server[];

  private constructor(bait: Bait, secrets: Record<string, string>, servers: Server[]) {
    this.bait = bait;
    this.secrets = secrets;
    this.#servers = servers;
  }

  /** Lays the bait in a folder. */
  static async lay(folder: string): Promise<BaitTrap> {
    mkdirSync(folder, { recursive: true });
    const word = () => randomBytes(12).toString('hex');
    const [inFile, inEnvironment, abstractSocket] = [word(), word(), `\0unroll-audit-${process.pid}`];
    const secretFile = join(folder, 'secret');
    writeFileSync(secretFile, inFile);
    process.env['UNROLL_AUDIT_BAIT'] = inEnvironment;
    const [network, named] = [0, 1].map(() => createServer((socket) => socket.end(inFile))) as [Server, Server];
    const servers = process.platform === 'linux' ? [network, named] : [network]; // names without a file are Linux's
    const listening = servers.map((server) => once(server, 'listening'));
    network.listen(0, '127.0.0.1');
    if (servers.includes(named)) named.listen(abstractSocket);
    await Promise.all(listening);
    for (const server of servers) server.unref();
    const { port } = network.address() as AddressInfo;
    return new BaitTrap(
      { secretFile, judgePid: process.pid, port, abstractSocket, kitRoot, home: homedir() },
      {
        'a file of the judge': inFile,
        "the judge's environment": inEnvironment,
        "the kit's folder": kitRoot,
        "the judge's folder": folder,
        ...(homedir().length > 1 ? { "the judge's home": homedir() } : {}),
        ...(hostname().length > 3 ? { "the machine's name": hostname() } : {}), // a shorter one may be a word of any text
      },
      servers,
    );
  }

  /** What of it stands in a text, by what it is. */
  findIn(text: string): string[] {
    return Object.entries(this.secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []));
  }

  close(): void {
    for (const server of this.#servers) server.close();
  }
}
