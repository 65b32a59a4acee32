import type { Outcome } from '../../result/evidence.ts';
import type { CheckResult } from '../../result/result.ts';
import { figureView, type Drawn, type FigureView } from './figure.ts';
import { showLine } from '../text/inert.ts';
import { splitMessage, type MessageBlock } from '../text/message.ts';
import { showCount, showPoints, showShare } from '../text/numbers.ts';
import { raceView, type RaceView } from './race.ts';
import { endSentence } from './set-aside.ts';
import { causeWords, checkWords, type StatusWords } from '../wording.ts';

export interface CheckView {
  readonly id: string;
  readonly title: string;
  readonly status: StatusWords;
  readonly points: string;
  readonly cause: string | null;
  readonly causeSentence: string | null;
  readonly blocks: readonly MessageBlock[];
  /** Why there are no points to win or lose; null for a pass or a failure. */
  readonly reason: string | null;
  /** How near to the tolerance a passed comparison came. */
  readonly error: string | null;
  readonly race: RaceView | null;
  readonly figures: readonly FigureView[];
}

export function checkView(check: CheckResult, drawn: Drawn): CheckView {
  const { outcome } = check;
  return {
    id: showLine(check.id, 80),
    title: showLine(check.title),
    status: checkWords[outcome.status],
    points: showCheckPoints(check),
    ...failureOf(outcome),
    reason: reasonOf(outcome),
    error: errorOf(check),
    race: check.race ? raceView(check.race) : null,
    figures: (check.figures ?? []).map((figure) => figureView(figure, drawn)),
  };
}

type Failure = Pick<CheckView, 'cause' | 'causeSentence' | 'blocks'>;

function failureOf(outcome: Outcome): Failure {
  if (outcome.status !== 'fail') return { cause: null, causeSentence: null, blocks: [] };
  const words = causeWords[outcome.cause];
  return { cause: words.short, causeSentence: words.sentence, blocks: splitMessage(outcome.message, outcome.misconception ?? null) };
}

function reasonOf(outcome: Outcome): string | null {
  if (outcome.status === 'not-measured') return `Set aside, neither won nor lost: ${endSentence(showLine(outcome.reason, 1000))}`;
  if (outcome.status === 'ungraded')
    return `The kit could not grade this, which is not your fault: ${endSentence(showLine(outcome.reason, 1000))}`;
  return null;
}

function showCheckPoints({ points, outcome }: CheckResult): string {
  if (outcome.status === 'pass') return `${showCount(points)} of ${showPoints(points)}`;
  if (outcome.status === 'fail') return `0 of ${showPoints(points)}`;
  return `${showPoints(points)} set aside`;
}

function errorOf({ errorShare, outcome }: CheckResult): string | null {
  if (errorShare === undefined || outcome.status !== 'pass') return null;
  if (errorShare === 0) return 'no error at all';
  return errorShare < 0.001 ? 'largest error below 0.1 % of what is allowed' : `largest error ${showShare(errorShare)} of what is allowed`;
}
