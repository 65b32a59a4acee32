import { longestMessage } from '../../result/lengths.ts';
import { linesOf, showBlock, splitAround } from './layout.ts';
import { makeSafe, safe, type SafeText } from './safe-text.ts';

/** A piece of a failure's message. Lines with measured numbers are set in monospace; the sentence that names a misconception stands out. */
export interface MessageBlock {
  readonly kind: 'prose' | 'numbers' | 'insight';
  readonly numbers: boolean;
  readonly insight: boolean;
  readonly text: SafeText;
}

const misconceptionSentence = /This is what [^\n]*?[.!?](?=\s|$)/;
const measuredNumber = /\d\.\d|\d[eE][-+]?\d|\[\d|=\s*[-+]?\d|\bNaN\b|\bInfinity\b/;

/** Splits a message for the page, in its own order. A misconception whose sentence is not in the message is named by its id, at the end. */
export function splitMessage(message: SafeText, misconception: SafeText | null): MessageBlock[] {
  const text = showBlock(message, longestMessage);
  if (misconception === null) return splitLines(text);
  const found = splitAround(text, misconceptionSentence);
  if (found !== null) return [...splitLines(found.before), makeBlock('insight', found.match), ...splitLines(found.after)];
  return [...splitLines(text), makeBlock('insight', safe`This is the known misconception “${showBlock(misconception, 80)}”.`)];
}

function splitLines(text: SafeText): MessageBlock[] {
  const blocks: MessageBlock[] = [];
  for (const line of linesOf(text).map((each) => makeSafe(each.trimEnd()))) {
    if (line.trim() === '') continue;
    const kind = measuredNumber.test(line) ? 'numbers' : 'prose';
    const last = blocks.at(-1);
    if (last?.kind === kind) blocks[blocks.length - 1] = makeBlock(kind, safe`${last.text}\n${line}`);
    else blocks.push(makeBlock(kind, kind === 'prose' ? makeSafe(line.trimStart()) : line));
  }
  return blocks;
}

function makeBlock(kind: MessageBlock['kind'], text: SafeText): MessageBlock {
  return { kind, numbers: kind === 'numbers', insight: kind === 'insight', text };
}
