import type { Outcome } from '../../result/evidence.ts';
import type { CheckResult } from '../../result/result.ts';
import { figureView, type Drawn, type FigureView } from './figure.ts';
import { showLine } from '../text/layout.ts';
import { splitMessage, type MessageBlock } from '../text/message.ts';
import { showCount, showPoints, showShare } from '../text/numbers.ts';
import { safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { raceView, type RaceView } from './race.ts';
import { endSentence } from './set-aside.ts';
import { causeWords, checkWords, type StatusWords } from '../wording.ts';

export interface CheckView {
  readonly id: SafeText;
  readonly title: SafeText;
  readonly status: StatusWords;
  readonly points: SafeText;
  readonly cause: SafeText | null;
  readonly causeSentence: SafeText | null;
  readonly blocks: readonly MessageBlock[];
  /** Names the failed case for `unroll replay`. */
  readonly token: SafeText | null;
  /** Why there are no points to win or lose; null for a pass or a failure. */
  readonly reason: SafeText | null;
  /** How near to the tolerance a passed comparison came. */
  readonly error: SafeText | null;
  readonly race: RaceView | null;
  readonly figures: readonly FigureView[];
}

export function checkView(check: Safe<CheckResult>, drawn: Drawn): CheckView {
  const { outcome } = check;
  return {
    id: showLine(check.id, 80),
    title: showLine(check.title),
    status: checkWords[outcome.status],
    points: showCheckPoints(check),
    ...failureOf(outcome),
    token: check.token === undefined ? null : showLine(check.token, 160),
    reason: reasonOf(outcome),
    error: errorOf(check),
    race: check.race ? raceView(check.race) : null,
    figures: (check.figures ?? []).map((figure) => figureView(figure, drawn)),
  };
}

type Failure = Pick<CheckView, 'cause' | 'causeSentence' | 'blocks'>;

function failureOf(outcome: Safe<Outcome>): Failure {
  if (outcome.status !== 'fail') return { cause: null, causeSentence: null, blocks: [] };
  const words = causeWords[outcome.cause];
  return { cause: words.short, causeSentence: words.sentence, blocks: splitMessage(outcome.message, outcome.misconception ?? null) };
}

function reasonOf(outcome: Safe<Outcome>): SafeText | null {
  if (outcome.status === 'not-measured') return safe`Set aside, neither won nor lost: ${endSentence(showLine(outcome.reason, 1000))}`;
  if (outcome.status === 'ungraded')
    return safe`The kit could not grade this, which is not your fault: ${endSentence(showLine(outcome.reason, 1000))}`;
  return null;
}

function showCheckPoints({ points, outcome }: Safe<CheckResult>): SafeText {
  if (outcome.status === 'pass') return safe`${showCount(points)} of ${showPoints(points)}`;
  if (outcome.status === 'fail') return safe`0 of ${showPoints(points)}`;
  return safe`${showPoints(points)} set aside`;
}

function errorOf({ errorShare, outcome }: Safe<CheckResult>): SafeText | null {
  if (errorShare === undefined || outcome.status !== 'pass') return null;
  if (errorShare === 0) return safe`no error at all`;
  if (errorShare < 0.001) return safe`largest error below 0.1 % of what is allowed`;
  return safe`largest error ${showShare(errorShare)} of what is allowed`;
}
