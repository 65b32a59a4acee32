import type { NestedAnswer, Named } from './nested.ts';

/** A pass in plain float64 loops over nested lists: slow, obvious, and what every other form is held against. */
export type Specification<Input = never> = (input: Input) => NestedAnswer;

export interface Misconception<Passes> {
  /** What was done, as the end of "this is what you get when ...". */
  readonly when: string;
  /** One sentence to the learner: what to look at. */
  readonly lookAt: string;
  /** The passes as a learner with this misconception would write them; passes not named stay right. */
  readonly passes: Partial<Passes>;
}

/** The specification of an exercise and the named ways to get it wrong. */
export interface Oracle<Passes extends Record<string, Specification> = Record<string, Specification>> {
  readonly passes: Passes;
  /** Inputs that are whole numbers; all others are float32. */
  readonly integers?: readonly string[];
  readonly misconceptions: Readonly<Record<string, Misconception<Passes>>>;
}

/** Gives an oracle its types. */
export function defineOracle<const Passes extends Record<string, Specification>>(oracle: Oracle<Passes>): Oracle<Passes> {
  return oracle;
}

/** Runs a specification whose types the caller has let go of. */
export function specify(specification: Specification, input: Named): NestedAnswer {
  return (specification as Specification<Named>)(input);
}
