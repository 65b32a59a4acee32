import type { RacingSubject } from '../wire/subject.ts';

/**
 * Puts all boxes on the same processor before each round, and on another every second round: a round that was lost because a neighbour sat on one of them says nothing about
 * the next. The test behind the verdict needs that.
 */
export function pinTogether(subjects: readonly Pick<RacingSubject, 'pinToProcessor'>[]): (round: number) => Promise<void> {
  return async (round) => {
    for (const subject of subjects) await subject.pinToProcessor(Math.floor(round / 2));
  };
}
