import type { Input, Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  const error = new Error('round');
  Object.defineProperty(error, 'message', { get: () => `round ${'('.repeat(100_000)}` });
  throw Object.assign(error, { cause: error, toJSON: () => error, toString: () => 'x'.repeat(10_000_000) });
}
