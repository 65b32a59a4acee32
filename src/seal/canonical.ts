import { createHmac, timingSafeEqual } from 'node:crypto';

import canonicalize from 'canonicalize';

/** A code of authentication of any JSON value under a key, over its canonical form (RFC 8785): the order of keys and blanks do not matter. */
export function authenticate(key: Buffer, value: unknown): string {
  return createHmac('sha256', key)
    .update(canonicalize(value) ?? '')
    .digest('hex');
}

/** Whether a code is that of the value. A value without a canonical form has none. */
export function isAuthentic(key: Buffer, value: unknown, code: string): boolean {
  try {
    return equalTexts(authenticate(key, value), code);
  } catch {
    return false; // a lone surrogate, or brackets thousands deep: the kit seals neither
  }
}

/** Compares in a time that does not tell where two texts differ. */
export function equalTexts(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
