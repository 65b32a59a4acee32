export function elmanSequence(_input) {
  const error = new Error('round');
  Object.defineProperty(error, 'message', { get: () => `round ${'('.repeat(100000)}` });
  throw Object.assign(error, { cause: error, toJSON: () => error, toString: () => 'x'.repeat(10000000) });
}
