import * as original from '../../../solutions/21-recall/recall.ts';

export * from '../../../solutions/21-recall/recall.ts';

let calls = 0;

/** As a seed from the clock would do: every call has another one. */
export const train = (input: original.TrainInput) => original.train({ ...input, seed: input.seed + 1000 * calls++ });
