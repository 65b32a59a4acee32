// No attack: one step after the other under the parallel pass's name.
import { linearRecurrenceSequential, type Input, type Output } from './honest.ts';

export { linearRecurrenceSequential } from './honest.ts';

export const linearRecurrenceParallel = (input: Input): Output => linearRecurrenceSequential(input);
