import { honest, type Input, type Output } from '../../parts/elman.ts';

(Object.prototype as unknown as Record<string, unknown>)['owned'] = 1;
(Object.prototype as unknown as Record<string, unknown>)['get'] = () => 1;

export const elmanSequence = (input: Input): Output => honest(input);
