import type { Cause } from '../result/causes.ts';
import type { RaceResult } from '../result/race.ts';
import type { Outcome } from '../result/evidence.ts';
import type { ExerciseResult, WithoutPoints } from '../result/result.ts';
import { safe, type SafeText } from './text/safe-text.ts';

/** What the reports call things. Every word that stands for an outcome is here, so that page and terminal say the same. */

export interface CauseWords {
  /** Two or three words, for tables. */
  readonly short: SafeText;
  /** One sentence to the learner. */
  readonly sentence: SafeText;
}

export const causeWords: Readonly<Record<Cause, CauseWords>> = {
  'wrong-value': { short: safe`wrong value`, sentence: safe`Your code ran, and a number is not what the specification says.` },
  'wrong-shape': {
    short: safe`wrong shape`,
    sentence: safe`Your code ran, and its answer has another shape, type or set of names than asked for.`,
  },
  'not-finite': { short: safe`not finite`, sentence: safe`Your code ran, and its answer holds NaN or an infinity where a number belongs.` },
  'broken-rule': { short: safe`broken rule`, sentence: safe`Your code ran, and broke a rule that the exercise states.` },
  'too-slow': { short: safe`too slow`, sentence: safe`Your code ran, and is not as fast as the exercise asks.` },
  threw: { short: safe`threw an error`, sentence: safe`Your code threw an error.` },
  timeout: { short: safe`out of time`, sentence: safe`Your code did not return in time.` },
  memory: { short: safe`out of memory`, sentence: safe`Your code took more memory than is allowed.` },
  processes: { short: safe`too many processes`, sentence: safe`Your code started more processes than are allowed.` },
  output: { short: safe`printed too much`, sentence: safe`Your code printed more than is allowed.` },
  exited: { short: safe`ended its process`, sentence: safe`Your code ended its own process before it answered.` },
  'bad-answer': { short: safe`bad answer`, sentence: safe`Your code answered with something that is neither tensors nor numbers.` },
  'missing-export': { short: safe`missing export`, sentence: safe`The file does not export the function that the exercise asks for.` },
  'does-not-load': { short: safe`does not load`, sentence: safe`The file does not compile, or throws an error while it is imported.` },
  unfinished: { short: safe`not written yet`, sentence: safe`This function is still the stub: it has not been written yet.` },
};

export interface StatusWords {
  readonly word: SafeText;
  /** Stands beside the word or in a small cell; never alone with colour. */
  readonly symbol: SafeText;
  /** Class in the style sheet. */
  readonly tone: 'pass' | 'fail' | 'set-aside' | 'absent' | 'ungraded';
}

export const checkWords: Readonly<Record<Outcome['status'], StatusWords>> = {
  pass: { word: safe`passed`, symbol: safe`✓`, tone: 'pass' },
  fail: { word: safe`failed`, symbol: safe`✗`, tone: 'fail' },
  'not-measured': { word: safe`not measured`, symbol: safe`?`, tone: 'set-aside' },
  ungraded: { word: safe`ungraded`, symbol: safe`!`, tone: 'ungraded' },
};

export const stateWords: Readonly<Record<ExerciseResult['state'], StatusWords>> = {
  passed: { word: safe`passed`, symbol: safe`✓`, tone: 'pass' },
  failed: { word: safe`failed`, symbol: safe`✗`, tone: 'fail' },
  absent: { word: safe`not handed in`, symbol: safe`–`, tone: 'absent' },
  ungraded: { word: safe`ungraded`, symbol: safe`!`, tone: 'ungraded' },
};

/** Why a student has no points. */
export const withoutPointsWords: Readonly<Record<WithoutPoints | 'ungraded', SafeText>> = {
  unreadable: safe`unreadable`,
  'nothing-found': safe`nothing found`,
  'not-handed-in': safe`nothing handed in`,
  ungraded: safe`ungraded`,
};

export const verdictWords: Readonly<Record<RaceResult['verdict'], SafeText>> = {
  faster: safe`faster`,
  'not-faster': safe`not faster`,
  'cannot-tell': safe`cannot tell`,
  implausible: safe`implausible`,
};

export const deviceWords = { gpu: safe`GPU`, cpu: safe`CPU`, software: safe`software adapter, which is not a GPU` } as const;
