import { randomBytes } from 'node:crypto';

import { sealSchema, type Gradebook, type Result, type Seal } from '../result/result.ts';
import { authenticate, isAuthentic } from './canonical.ts';
import { partsOf, type RawRecord } from './parts.ts';
import type { Secret } from './secret.ts';

export type RecordKind = 'result' | 'gradebook';

const idBytes = 16; // two records never have the same

/** Seals records under a secret, and says what was altered in one. */
export class Sealer {
  readonly #key: Buffer;
  readonly #verdictKey: Buffer;
  readonly #secret: string;

  constructor(secret: Secret) {
    this.#key = secret.derive('unroll/seal/v1');
    this.#verdictKey = secret.derive('unroll/verdict/v1');
    this.#secret = secret.derive('unroll/secret-name/v1').toString('hex').slice(0, 16); // digits: enough to tell secrets apart
  }

  sealResult(result: Result): Result {
    return this.#seal('result', result);
  }

  sealGradebook(gradebook: Gradebook): Gradebook {
    return this.#seal('gradebook', gradebook);
  }

  /** A code over a verdict of the store, which a result is made of. */
  authenticate(verdict: object): string {
    return authenticate(this.#verdictKey, verdict);
  }

  isAuthentic(verdict: object, code: string): boolean {
    return isAuthentic(this.#verdictKey, verdict, code);
  }

  #seal<T extends Result | Gradebook>(kind: RecordKind, record: T): T {
    const { seal: _before, ...plain } = asWritten(record);
    const id = randomBytes(idBytes).toString('hex');
    const codes = [...partsOf(plain)].map(([name, value]) => [name, authenticate(this.#key, partOf(kind, id, name, value))] as const);
    const seal: Omit<Seal, 'list'> = { version: 1, secret: this.#secret, id, parts: Object.fromEntries(codes) };
    return { ...plain, seal: { ...seal, list: authenticate(this.#key, listOf(kind, seal)) } } as T;
  }

  /** Holds a record, as it stands in its file, against its seal. */
  inspect(kind: RecordKind, record: RawRecord): Condition {
    if (record['seal'] === undefined) return { status: 'unsealed' };
    const read = sealSchema.safeParse(record['seal']);
    if (!read.success) return { status: 'altered', altered: ['seal'], added: [], removed: [] };
    const seal = read.data;
    if (seal.secret !== this.#secret) return { status: 'other-secret' };
    const parts = partsOf(record);
    const known = new Map(Object.entries(seal.parts));
    const { list, ...listed } = record['seal'] as Seal; // as it stands: a field more is an alteration too
    const altered = [...parts].filter(([name, value]) => {
      const code = known.get(name);
      return code !== undefined && !isAuthentic(this.#key, partOf(kind, seal.id, name, value), code);
    });
    const found = {
      altered: [...altered.map(([name]) => name), ...(isAuthentic(this.#key, listOf(kind, listed), list) ? [] : ['seal'])],
      added: [...parts.keys()].filter((name) => !known.has(name)),
      removed: [...known.keys()].filter((name) => !parts.has(name)),
    };
    const whole = Object.values(found).every((names) => names.length === 0);
    return whole ? { status: 'whole', seal } : { status: 'altered', ...found };
  }
}

/** What is to be said of a sealed record. */
export type Condition =
  | { readonly status: 'whole'; readonly seal: Seal }
  | { readonly status: 'unsealed' }
  | { readonly status: 'other-secret' }
  | {
      readonly status: 'altered';
      readonly altered: readonly string[];
      readonly added: readonly string[];
      readonly removed: readonly string[];
    };

const partOf = (kind: RecordKind, id: string, name: string, value: unknown) => ['part', kind, id, name, value];
const listOf = (kind: RecordKind, seal: Omit<Seal, 'list'>) => ['list', kind, seal];

/** The record as a reader of its file will see it; half a letter, as a cut text may leave, has no canonical form. */
function asWritten(record: Result | Gradebook): RawRecord {
  const mend = (_key: string, value: unknown) => (typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value);
  return JSON.parse(JSON.stringify(record), mend) as RawRecord;
}
