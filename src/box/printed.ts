import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';

const keptBytes = 16 * 1024; // of what is printed, and of its end: a screenful or several for the report

/** What a box prints, read from a pipe as it comes: the first of it since the last asking and the end of it are kept, the rest is counted. */
export class Printed {
  /** All that was printed so far, bytes. */
  bytes = 0;
  /** Called after each piece that came. */
  onGrowth: () => void = () => undefined;
  readonly #streams: readonly Readable[];
  #first: Buffer[] = [];
  #firstBytes = 0;
  #last = Buffer.alloc(0);

  constructor(streams: readonly Readable[]) {
    this.#streams = streams;
    for (const stream of streams) {
      stream.on('data', (chunk: Buffer) => this.#add(chunk));
      stream.on('error', () => undefined); // a closed pipe shows as the end of the box
    }
  }

  /** What was printed since the last asking, cut to its first kibibytes. What the box has written by now is waiting in the pipe: it is read first. */
  async take(): Promise<string> {
    for (let look = 0; look < 2; look++) await turn(); // the system tells of all pipes that have something in one turn, the second has read them
    const text = Buffer.concat(this.#first).toString('utf8');
    this.#first = [];
    this.#firstBytes = 0;
    return text;
  }

  /** The end of what was printed: where a runtime that dies says why. */
  lastWords(): string {
    return this.#last.toString('utf8');
  }

  /** Reads no more. */
  end(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  #add(chunk: Buffer): void {
    this.bytes += chunk.byteLength;
    const kept = chunk.subarray(0, keptBytes - this.#firstBytes);
    if (kept.byteLength > 0) this.#first.push(Buffer.from(kept)); // a copy: a view would keep the whole chunk
    this.#firstBytes += kept.byteLength;
    this.#last = Buffer.concat([this.#last, chunk.subarray(-keptBytes)]).subarray(-keptBytes);
    this.onGrowth();
  }
}
