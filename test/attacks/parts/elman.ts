import { elmanSequence, type ElmanSequenceInput } from '../../../solutions/02-elman-sequence/elman-sequence.ts';

/** The honest pass of exercise 02. */
export { elmanSequence as honest };
export type Input = ElmanSequenceInput;
export type Output = ReturnType<typeof elmanSequence>;
