import type { RaceResult } from '../result/race.ts';
import type { RacingSubject, Replayer } from '../wire/subject.ts';

/** How the checks of one run are carried out. */
export interface RunSettings {
  /** True where training is to be cut short: enough to see that it works, too little to order models by it. */
  readonly reduced: boolean;
  readonly racing: Racing;
}

/** How the races of a run are decided, where not as usual. */
export interface Racing {
  /** Chance of a wrong verdict at the threshold that is allowed. */
  readonly error?: number;
  /** Earlier races that could not tell, by exercise, to be carried on. */
  readonly before?: Readonly<Record<string, RaceResult>>;
  /** False where time against length is not plotted, such as in a calibration. */
  readonly timeAgainstLength?: boolean;
}

/** Says how far long work has come. */
export type Progress = (done: number, of: number, what: string) => void;

/** What a check is told about the run that it is part of. */
export interface Setting extends RunSettings {
  readonly progress: Progress;
  /** Opens the kit's own passes to race against; `undefined` where this run does not race the exercise. */
  readonly openReferencePasses: () => ReferencePasses | undefined;
  /** Where kernel traces are replayed. */
  readonly openReplayer: () => Replayer;
}

/** The kit's own passes of an exercise, in a box of their own. */
export interface ReferencePasses {
  readonly subject: RacingSubject;
  close(): Promise<void>;
}
