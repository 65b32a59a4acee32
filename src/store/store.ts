import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { UserError } from '../errors.ts';
import { parseJson, writeWhole } from '../files.ts';
import type { CheckRecord } from '../run/check-record.ts';
import type { Question } from './question.ts';
import { endsOf, isFinal, verdictSchema, type Verdict } from './verdict.ts';

/** Seals verdicts and tells whether one was altered; absent where the cohort has no secret. */
export interface VerdictSealer {
  authenticate(verdict: object): string;
  isAuthentic(verdict: object, code: string): boolean;
}

/**
 * Verdicts by what was asked. With a folder each is one file, written whole or not at all, so that the store is the journal too: whoever is
 * killed and started again goes on where it stood.
 */
export class VerdictStore {
  readonly #folder: string | undefined;
  readonly #sealer: VerdictSealer | undefined;
  readonly #known = new Map<string, readonly CheckRecord[]>();
  /** Questions that somebody is at, and what settles once they are no longer. */
  readonly #claims = new Map<string, { readonly ended: Promise<void>; readonly end: () => void }>();

  constructor(folder?: string, sealer?: VerdictSealer) {
    this.#folder = folder;
    this.#sealer = sealer;
  }

  /** What is known of a question. Throws `UserError` where its file was altered. */
  async find({ key }: Question): Promise<readonly CheckRecord[] | undefined> {
    const known = this.#known.get(key) ?? (await this.#read(key))?.records;
    if (known !== undefined) this.#known.set(key, known);
    return known;
  }

  /** True where nobody else is at this question; then the caller must end its claim. */
  claim({ key }: Question): boolean {
    if (this.#claims.has(key)) return false;
    const { promise: ended, resolve: end } = withResolvers();
    this.#claims.set(key, { ended, end });
    return true;
  }

  release({ key }: Question): void {
    this.#claims.get(key)?.end();
    this.#claims.delete(key);
  }

  /** Settles once nobody is at this question. */
  async whenFree({ key }: Question): Promise<void> {
    await this.#claims.get(key)?.ended;
  }

  /** Keeps a verdict that would not change. Throws where another one is kept for the same question. */
  async keep({ key, of }: Question, records: readonly CheckRecord[]): Promise<void> {
    if (!isFinal(records)) return;
    const verdict = verdictSchema.parse(asWritten({ schema: 'unroll/verdict/v1', key, of, records })); // as it will be read
    const before = await this.#read(key);
    if (before !== undefined && endsOf(before) !== endsOf(verdict))
      throw new UserError(
        `two verdicts on the same files do not agree: ${this.#path(key)} says ${endsOf(before)}, and this grading ${endsOf(verdict)}; a person should look, and delete the file if it is the wrong one`,
      );
    this.#known.set(key, records);
    if (this.#folder === undefined || before !== undefined) return;
    const code = this.#sealer === undefined ? {} : { code: this.#sealer.authenticate(verdict) };
    await writeWhole(this.#path(key), `${JSON.stringify({ ...verdict, ...code })}\n`);
  }

  async #read(key: string): Promise<Verdict | undefined> {
    if (this.#folder === undefined || !existsSync(this.#path(key))) return undefined;
    const read = verdictSchema.safeParse(parseJson(await readFile(this.#path(key), 'utf8')));
    const whole = read.success && read.data.key === key && this.#isAuthentic(read.data);
    if (!whole) throw new UserError(`${this.#path(key)} is not as the kit wrote it; delete it, and its checks are asked again`);
    return read.data;
  }

  #isAuthentic({ code, ...verdict }: Verdict): boolean {
    if (this.#sealer === undefined) return true;
    return code !== undefined && this.#sealer.isAuthentic(asWritten(verdict), code);
  }

  #path(key: string): string {
    return join(this.#folder ?? '', key.slice(0, 2), `${key}.json`);
  }
}

const asWritten = (value: object) => JSON.parse(JSON.stringify(value)) as object; // without what JSON cannot say

/** `Promise.withResolvers`, which Node 20 lacks. */
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
