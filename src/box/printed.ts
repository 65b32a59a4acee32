import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const keptBytes = 16 * 1024; // of what is printed: a screenful or several for the report

/** The file that the box's stdout and stderr go to: writing to it never waits for the grader, and its size is the flood's. */
export class Printed {
  readonly descriptor: number;
  #takenUpTo = 0;

  constructor(path: string) {
    this.descriptor = openSync(path, 'w+');
  }

  /** All that was printed so far, bytes. */
  get bytes(): number {
    return fstatSync(this.descriptor).size;
  }

  /** What was printed since the last asking, cut to its first kibibytes. */
  take(): string {
    const { bytes } = this;
    const text = this.#read(this.#takenUpTo, Math.min(bytes - this.#takenUpTo, keptBytes));
    this.#takenUpTo = bytes;
    return text;
  }

  /** The end of what was printed: where a runtime that dies says why. */
  lastWords(): string {
    const length = Math.min(this.bytes, keptBytes);
    return this.#read(this.bytes - length, length);
  }

  close(): void {
    closeSync(this.descriptor);
  }

  #read(from: number, length: number): string {
    const buffer = Buffer.alloc(length);
    return buffer.toString('utf8', 0, readSync(this.descriptor, buffer, 0, length, from));
  }
}
