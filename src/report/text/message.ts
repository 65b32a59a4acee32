import { showBlock } from './inert.ts';

/** A piece of a failure's message. Lines with measured numbers are set in monospace; the sentence that names a misconception stands out. */
export interface MessageBlock {
  readonly kind: 'prose' | 'numbers' | 'insight';
  readonly numbers: boolean;
  readonly insight: boolean;
  readonly text: string;
}

const longestMessage = 2000; // the contract's own limit, characters
const misconceptionSentence = /This is what [^\n]*?[.!?](?=\s|$)/;
const measuredNumber = /\d\.\d|\d[eE][-+]?\d|\[\d|=\s*[-+]?\d|\bNaN\b|\bInfinity\b/;

/** Splits a message for the page, in its own order. A misconception whose sentence is not in the message is named by its id, at the end. */
export function splitMessage(message: string, misconception: string | null): MessageBlock[] {
  const text = showBlock(message, longestMessage);
  if (misconception === null) return splitLines(text);
  const found = misconceptionSentence.exec(text);
  if (found === null)
    return [...splitLines(text), makeBlock('insight', `This is the known misconception “${showBlock(misconception, 80)}”.`)];
  const [sentence] = found;
  const after = text.slice(found.index + sentence.length);
  return [...splitLines(text.slice(0, found.index)), makeBlock('insight', sentence), ...splitLines(after)];
}

function splitLines(text: string): MessageBlock[] {
  const blocks: MessageBlock[] = [];
  for (const line of text.split('\n').map((each) => each.trimEnd())) {
    if (line.trim() === '') continue;
    const kind = measuredNumber.test(line) ? 'numbers' : 'prose';
    const last = blocks.at(-1);
    if (last?.kind === kind) blocks[blocks.length - 1] = makeBlock(kind, `${last.text}\n${line}`);
    else blocks.push(makeBlock(kind, kind === 'prose' ? line.trimStart() : line));
  }
  return blocks;
}

function makeBlock(kind: MessageBlock['kind'], text: string): MessageBlock {
  return { kind, numbers: kind === 'numbers', insight: kind === 'insight', text };
}
