import type { Input, Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  throw new Proxy(
    {},
    {
      get() {
        throw new Error('no');
      },
      getPrototypeOf() {
        throw new Error('no');
      },
    },
  );
}
