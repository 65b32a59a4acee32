import * as original from '../../../solutions/22-where-recurrence-wins/where-recurrence-wins.ts';

export * from '../../../solutions/22-where-recurrence-wins/where-recurrence-wins.ts';

export const extrapolation = (input: original.ExtrapolationInput) => original.extrapolation({ ...input, seed: 1 });
