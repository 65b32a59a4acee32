import type { Cause } from '../result/causes.ts';
import type { RaceResult } from '../result/race.ts';
import type { Outcome } from '../result/evidence.ts';
import type { ExerciseResult } from '../result/result.ts';

/** What the reports call things. Every word that stands for an outcome is here, so that page and terminal say the same. */

export interface CauseWords {
  /** Two or three words, for tables. */
  readonly short: string;
  /** One sentence to the learner. */
  readonly sentence: string;
}

export const causeWords: Readonly<Record<Cause, CauseWords>> = {
  'wrong-value': { short: 'wrong value', sentence: 'Your code ran, and a number is not what the specification says.' },
  'wrong-shape': {
    short: 'wrong shape',
    sentence: 'Your code ran, and its answer has another shape, type or set of names than asked for.',
  },
  'not-finite': { short: 'not finite', sentence: 'Your code ran, and its answer holds NaN or an infinity where a number belongs.' },
  'broken-rule': { short: 'broken rule', sentence: 'Your code ran, and broke a rule that the exercise states.' },
  'too-slow': { short: 'too slow', sentence: 'Your code ran, and is not as fast as the exercise asks.' },
  threw: { short: 'threw an error', sentence: 'Your code threw an error.' },
  timeout: { short: 'out of time', sentence: 'Your code did not return in time.' },
  memory: { short: 'out of memory', sentence: 'Your code took more memory than is allowed.' },
  processes: { short: 'too many processes', sentence: 'Your code started more processes than are allowed.' },
  output: { short: 'printed too much', sentence: 'Your code printed more than is allowed.' },
  exited: { short: 'ended its process', sentence: 'Your code ended its own process before it answered.' },
  'bad-answer': { short: 'bad answer', sentence: 'Your code answered with something that is neither tensors nor numbers.' },
  'missing-export': { short: 'missing export', sentence: 'The file does not export the function that the exercise asks for.' },
  'does-not-load': { short: 'does not load', sentence: 'The file does not compile, or throws an error while it is imported.' },
  unfinished: { short: 'not written yet', sentence: 'This function is still the stub: it has not been written yet.' },
};

export interface StatusWords {
  readonly word: string;
  /** Stands beside the word or in a small cell; never alone with colour. */
  readonly symbol: string;
  /** Class in the style sheet. */
  readonly tone: 'pass' | 'fail' | 'aside' | 'absent' | 'ungraded';
}

export const checkWords: Readonly<Record<Outcome['status'], StatusWords>> = {
  pass: { word: 'passed', symbol: '✓', tone: 'pass' },
  fail: { word: 'failed', symbol: '✗', tone: 'fail' },
  'not-measured': { word: 'not measured', symbol: '?', tone: 'aside' },
  ungraded: { word: 'ungraded', symbol: '!', tone: 'ungraded' },
};

export const stateWords: Readonly<Record<ExerciseResult['state'], StatusWords>> = {
  passed: { word: 'passed', symbol: '✓', tone: 'pass' },
  failed: { word: 'failed', symbol: '✗', tone: 'fail' },
  absent: { word: 'not handed in', symbol: '–', tone: 'absent' },
  ungraded: { word: 'ungraded', symbol: '!', tone: 'ungraded' },
};

export const verdictWords: Readonly<Record<RaceResult['verdict'], string>> = {
  faster: 'faster',
  'not-faster': 'not faster',
  'cannot-tell': 'cannot tell',
  implausible: 'implausible',
};

export const deviceWords = { gpu: 'GPU', cpu: 'CPU', software: 'software adapter, which is not a GPU' } as const;
