import { honest } from '../../parts/elman.ts';
Object.prototype['owned'] = 1;
Object.prototype['get'] = () => 1;
export const elmanSequence = (input) => honest(input);
