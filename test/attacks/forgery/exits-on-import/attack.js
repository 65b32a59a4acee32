import { honest } from '../../parts/elman.ts';
export const elmanSequence = honest;
process.exit(0);
