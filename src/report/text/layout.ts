import { makeSafe, safe, type SafeText } from './safe-text.ts';

/** Safe text cut, split and joined. The methods of strings give plain strings, so what they leave is made safe again. */

/** The text with its line breaks; at most `limit` characters, and how many were left out is said. */
export function showBlock(text: SafeText, limit: number): SafeText {
  const letters = Array.from(text);
  if (letters.length <= limit) return text;
  const kept = makeSafe(letters.slice(0, limit).join(''));
  return safe`${kept}\n… ${makeSafe((letters.length - limit).toLocaleString('en'))} more characters`;
}

/** The text on one line; at most `limit` characters, cut with an ellipsis. */
export function showLine(text: SafeText, limit = 400): SafeText {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = Array.from(line.slice(0, limit * 2 + 2)); // a character takes at most two units
  if (letters.length <= limit && line.length <= limit * 2) return makeSafe(line);
  return safe`${makeSafe(letters.slice(0, limit - 1).join(''))}…`;
}

/** A person's name: short enough for a table, never empty. */
export function showName(name: SafeText): SafeText {
  const shown = showLine(name, 80);
  return shown === '' ? safe`(no name)` : shown;
}

export function linesOf(text: SafeText): readonly SafeText[] {
  return makeSafe(text.split('\n'));
}

export function joinTexts(texts: readonly SafeText[], between: SafeText): SafeText {
  return makeSafe(texts.join(between));
}

/** What stands before the first match, the match, and what stands after it; null of no match. */
export function splitAround(text: SafeText, pattern: RegExp): { before: SafeText; match: SafeText; after: SafeText } | null {
  const found = pattern.exec(text);
  if (found === null) return null;
  const end = found.index + found[0].length;
  return { before: makeSafe(text.slice(0, found.index)), match: makeSafe(found[0]), after: makeSafe(text.slice(end)) };
}
