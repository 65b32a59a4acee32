import { createHmac, randomBytes } from 'node:crypto';

import { UserError } from '../errors.ts';

const secretBytes = 32; // as many as SHA-256 gives: nobody can try them all
const mostDigits = 1024; // hexadecimal digits; more is some other file
const howToMake = '`npx unroll cohort secret FILE` makes one';

/** What only the instructor has. It derives keys, and never shows itself: not in JSON, not in a message, not when it is printed. */
export class Secret {
  readonly #bytes: Buffer;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Reads a secret as text; `from` says in a message where it came from. */
  static parse(text: string, from: string): Secret {
    const digits = text.trim();
    if (digits.length > mostDigits || !/^(?:[0-9a-f]{2})+$/i.test(digits))
      throw new UserError(`${from} holds no secret, which is written in ${2 * secretBytes} hexadecimal digits; ${howToMake}`);
    const bytes = Buffer.from(digits, 'hex');
    if (bytes.length < secretBytes)
      throw new UserError(`the secret in ${from} is too short: it has ${bytes.length} bytes, and ${secretBytes} are needed; ${howToMake}`);
    return new Secret(bytes);
  }

  /** A key for one purpose, from which neither the secret nor another key can be found. */
  derive(purpose: string): Buffer {
    return createHmac('sha256', this.#bytes).update(purpose).digest();
  }
}

/** The text of a new secret, for its file. */
export function writeSecret(): string {
  return `${randomBytes(secretBytes).toString('hex')}\n`;
}
