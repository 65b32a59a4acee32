import { elmanSequence } from '../../../solutions/02-elman-sequence/elman-sequence.ts';
/** The honest pass of exercise 02. */
export { elmanSequence as honest };
