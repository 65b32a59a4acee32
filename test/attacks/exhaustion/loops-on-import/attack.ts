export { honest as elmanSequence } from '../../parts/elman.ts';

for (;;);
