import type { CheckResult } from '../../result/result.ts';
import { linesOf, showLine } from '../text/layout.ts';
import { makeSafe, safe } from '../text/safe-text.ts';
import { causeWords, checkWords } from '../wording.ts';
import { renderParts, type Drawn, type Paragraph } from './parts.ts';
import type { SummaryOptions } from './summary.ts';

/** One check that was repeated with the inputs of an epoch: how it ended, and the whole sentence. */
export function renderCase(exercise: string, raw: CheckResult, epoch: string, { colour = false }: SummaryOptions = {}): Drawn {
  const { id, outcome } = makeSafe(raw);
  const { symbol, word, tone } = checkWords[outcome.status];
  const cause = outcome.status === 'fail' ? safe`: ${causeWords[outcome.cause].short}` : safe``;
  const where = safe`${showLine(makeSafe(exercise), 60)} / ${showLine(id, 60)}`;
  const head = { text: safe`${symbol} ${where}, with the inputs of ${showLine(makeSafe(epoch), 60)}: ${word}${cause}`, tone };
  const said = outcome.status === 'fail' ? linesOf(outcome.message) : outcome.status === 'pass' ? [] : [outcome.reason];
  const lines = said.map((line): Paragraph => ({ text: showLine(line, 2000), indent: safe`  ` }));
  return renderParts([[head, ...lines]], colour);
}
