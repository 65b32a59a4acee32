import { honest, type Input, type Output } from '../../parts/elman.ts';

for (const each of [Object, Array, Promise, Function, Error, Map]) Object.freeze(each.prototype);

export const elmanSequence = (input: Input): Output => honest(input);
