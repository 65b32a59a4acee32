import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

import { UserError } from '../errors.ts';
import type { Secret } from './secret.ts';

const cipher = 'aes-256-gcm';
const nonceBytes = 12; // what GCM is made for; drawn anew for each text
const tagBytes = 16;

/**
 * What goes between a grader and its workers by a server that is to learn nothing and to forge nothing. Its key comes from the secret of the
 * cohort and does not lead back to it: with it a worker reads the work and answers it, and draws no epoch and seals no result.
 */
export class Envelope {
  readonly #key: Buffer;
  /** Tells one key from another. */
  readonly name: string;

  private constructor(key: Buffer) {
    this.#key = key;
    this.name = createHmac('sha256', key).update('unroll/worker-key-name/v1').digest('hex').slice(0, 16); // digits: enough to tell keys apart
  }

  static of(secret: Secret): Envelope {
    return new Envelope(secret.derive('unroll/worker/v1'));
  }

  /** Reads the key as `writeKey` gave it. */
  static parse(text: string, from: string): Envelope {
    const digits = text.trim();
    if (!/^[0-9a-f]{64}$/i.test(digits))
      throw new UserError(`${from} holds no worker key, which is 64 hexadecimal digits; \`npx unroll cohort worker-key\` prints it`);
    return new Envelope(Buffer.from(digits, 'hex'));
  }

  /** For the file of a worker. */
  writeKey(): string {
    return this.#key.toString('hex');
  }

  /** `label` is what the text is filed under: it opens under no other. */
  close(text: Buffer, label: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const closing = createCipheriv(cipher, this.#key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(label));
    const body = Buffer.concat([closing.update(text), closing.final()]);
    return Buffer.concat([nonce, closing.getAuthTag(), body]);
  }

  /** Undefined where it was not closed with this key under this label. */
  open(closed: Buffer, label: string): Buffer | undefined {
    if (closed.length < nonceBytes + tagBytes) return undefined;
    const opening = createDecipheriv(cipher, this.#key, closed.subarray(0, nonceBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(label))
      .setAuthTag(closed.subarray(nonceBytes, nonceBytes + tagBytes));
    const body = opening.update(closed.subarray(nonceBytes + tagBytes));
    try {
      return Buffer.concat([body, opening.final()]);
    } catch {
      return undefined; // said by the caller
    }
  }
}
