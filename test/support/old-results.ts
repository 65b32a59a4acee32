import { readFileSync } from 'node:fs';

export const resultV1Path = new URL('../old-results/v1/result.json', import.meta.url).pathname;

/** A result as `unroll/result/v1` had it, with a race of every verdict; as it was written, so no type of today fits. */
export function readResultV1(): Record<string, unknown> {
  return JSON.parse(readFileSync(resultV1Path, 'utf8')) as Record<string, unknown>;
}
