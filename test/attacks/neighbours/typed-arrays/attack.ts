import { honest, type Input, type Output } from '../../parts/elman.ts';

Object.assign(globalThis, { Float32Array: class extends Float32Array {}, Math: { ...Math, random: () => 0.5 } });

export const elmanSequence = (input: Input): Output => honest(input);
