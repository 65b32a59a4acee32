import { createHmac } from 'node:crypto';

import { UserError } from '../errors.ts';
import type { Epoch } from '../result/result.ts';
import { equalTexts } from './canonical.ts';
import type { Secret } from './secret.ts';

/**
 * From the cohort's secret to the seed of an exercise in two steps, so that the key of an epoch can be given to the class and opens that
 * epoch alone: epoch key = HMAC(secret, epoch), seed = HMAC(epoch key, exercise). Each purpose has a label of its own before the name.
 */

const longestName = 32; // characters: a token is meant to be typed
const epochName = /^[a-z0-9]+(?:[-._][a-z0-9]+)*$/;

/** The key of one epoch: its inputs can be drawn with it, and no other epoch's. */
export interface EpochKey {
  readonly name: string;
  readonly bytes: Buffer;
}

export function readEpochName(text: string): string {
  if (text.length <= longestName && epochName.test(text)) return text;
  throw new UserError(
    `an epoch is named by up to ${longestName} small letters and digits, joined by hyphens, dots or underscores, such as 2026-w48`,
  );
}

export function deriveEpochKey(secret: Secret, epoch: string): EpochKey {
  const name = readEpochName(epoch);
  return { name, bytes: secret.derive(`unroll/epoch/v1/${name}`) };
}

/** Reads a key as the instructor released it. */
export function readEpochKey(text: string, name: string): EpochKey {
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new UserError('that is no key of an epoch, which is 64 hexadecimal digits; `npx unroll cohort release` prints it');
  return { name: readEpochName(name), bytes: Buffer.from(text, 'hex') };
}

export const writeEpochKey = ({ bytes }: EpochKey): string => bytes.toString('hex');

/** What a result tells of an epoch before it is released: its name, and a number that only its key leads to. */
export function commitTo(key: EpochKey): Epoch {
  return { name: key.name, commitment: macOf(key, `unroll/commitment/v1/${key.name}`) };
}

/** Whether a key is the one behind the first digits of a commitment. */
export function opens(key: EpochKey, digits: string): boolean {
  return digits !== '' && equalTexts(commitTo(key).commitment.slice(0, digits.length), digits);
}

/** What decides the inputs of these exercises in an epoch. */
export function drawEpoch(key: EpochKey, exercises: readonly string[]): { epoch: Epoch; seeds: Record<string, string> } {
  return { epoch: commitTo(key), seeds: Object.fromEntries(exercises.map((id) => [id, macOf(key, `unroll/exercise/v1/${id}`)])) };
}

const macOf = ({ bytes }: EpochKey, text: string) => createHmac('sha256', bytes).update(text).digest('hex');
