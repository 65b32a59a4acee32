import { honest } from '../../parts/elman.ts';
export const held = Array.from({ length: 70 }, () => new Float64Array(2 ** 20).fill(1)); // 560 MiB
export const elmanSequence = (input) => honest(input);
