import type { Epoch, Result } from '../result/result.ts';

/** What decides every drawn input of a run: one seed that anyone may know, or a seed for each exercise from a secret of the cohort. */
export type Seed = string | EpochSeeds;

export interface EpochSeeds {
  readonly epoch: Epoch;
  /** By exercise id. */
  readonly seeds: Readonly<Record<string, string>>;
}

/** The seed of one exercise: the only place that decides it. */
export function seedOf(seed: Seed, exercise: string): string {
  if (typeof seed === 'string') return seed;
  const own = seed.seeds[exercise];
  if (own === undefined) throw new Error(`${exercise} has no seed in epoch ${seed.epoch.name}`);
  return own;
}

/** What a result tells of its inputs. A seed from a secret is never told: its epoch is, and the blank in it keeps it from being taken for a seed. */
export function tellSeed(seed: Seed): Pick<Result, 'seed'> & { epoch?: Epoch } {
  return typeof seed === 'string' ? { seed } : { seed: `epoch ${seed.epoch.name}`, epoch: seed.epoch };
}
