import type { RaceRecord } from '../result.ts';
import type { Rival } from './subjects.ts';

/** What a check is told about the run that it is part of. */
export interface Setting {
  readonly openRival: () => Rival | undefined;
  readonly reduced: boolean;
  readonly progress: (done: number, of: number, what: string) => void;
  readonly racing: Racing;
}

/** How races of this run are judged. */
export interface Racing {
  /** Chance of a wrong verdict at the threshold that is allowed, where not the usual one. */
  readonly error?: number;
  /** A race of this exercise that could not tell, to be carried on. */
  readonly before?: RaceRecord;
  /** False where nobody looks at time against length, such as in a calibration. */
  readonly pictures?: boolean;
}
