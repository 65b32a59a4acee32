import type { Attack } from './attack.ts';
import type { Growth } from './growth.ts';

/** What one attack came to. `problems` are what is not as it must be; none where the attack ended as expected. */
export interface Trial {
  /** How it ended, in a few words for a table. */
  readonly ended: string;
  readonly problems: readonly string[];
  /** Why nothing is known, where nothing is. */
  readonly notMeasured?: string;
  /** True where the judge is no longer as it was, and what comes next needs another. */
  readonly spoiled?: true;
  /** Beyond what honest work took just before; absent where it was not measured. */
  readonly growth?: Growth;
}

/** One row of the matrix. */
export interface Row extends Trial {
  readonly id: string;
  readonly class: string;
  readonly what: string;
  readonly rows: readonly string[];
  readonly expected: string;
  readonly stoppedBy: readonly string[];
  readonly state: 'as-expected' | 'unexpected' | 'not-measured' | 'not-defended';
  readonly durationMs: number;
}

/** A row from what an attack came to. */
export function makeRow(attack: Attack, trial: Trial, durationMs: number, state?: 'not-defended'): Row {
  const { id, what, rows, expect, stoppedBy } = attack;
  const measured = trial.notMeasured === undefined ? 'as-expected' : 'not-measured';
  return {
    ...trial,
    ...{ id, class: attack.class, what, rows, stoppedBy, durationMs },
    expected: Object.entries(expect)
      .map(([check, ends]) => `${check === 'all' ? '' : `${check}: `}${ends.join(' or ')}`)
      .toReversed()
      .join(', '),
    state: state ?? (trial.problems.length > 0 ? 'unexpected' : measured),
  };
}
