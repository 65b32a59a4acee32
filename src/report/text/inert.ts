/** Texts from learners, made safe to look at: nothing hidden, nothing that steers a terminal, nothing without end. HTML escaping comes later. */

/** Terminal commands: colours and cursor moves, titles and links (only where they end), two-character commands. */
const terminalCommands =
  // oxlint-disable-next-line no-control-regex
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[PX^_][^\u001b]*\u001b\\|[@-Z\\-_a-z])|\u009b[0-?]*[ -/]*[@-~]/g;
/** Control characters other than tab and line feed. */
const controls = /(?![\t\n])\p{Cc}/gu;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu;
/** Marks stacked so high that they cover other lines; four are enough for every living script. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu;
const joinsAfter = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}\p{Script=Arabic}\p{Script=Devanagari}]$/u;

/** The text with line breaks kept; at most `limit` characters, and how many were left out is said. */
export function showBlock(text: string, limit = 4000): string {
  const clean = reveal(text.replace(/\r\n?|[\u2028\u2029]/g, '\n'));
  const letters = Array.from(clean);
  if (letters.length <= limit) return clean;
  return `${letters.slice(0, limit).join('')}\n… ${(letters.length - limit).toLocaleString('en')} more characters`;
}

/** The text on one line; at most `limit` characters, cut with an ellipsis. */
export function showLine(text: string, limit = 400): string {
  const clean = reveal(text.replace(/\s+/g, ' ').trim());
  const letters = Array.from(clean.slice(0, limit * 2 + 2)); // a character takes at most two units
  if (letters.length <= limit && clean.length <= limit * 2) return clean;
  return `${letters.slice(0, limit - 1).join('')}…`;
}

/** A person's name: short enough for a table, never empty. */
export function showName(name: string): string {
  return showLine(name, 80) || '(no name)';
}

function reveal(text: string): string {
  return text
    .replace(terminalCommands, '')
    .replace(controls, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(stackedMarks, '$1')
    .replace(invisible, (letter, at: number, whole: string) =>
      belongs(letter, whole.slice(Math.max(0, at - 2), at)) ? letter : mark(letter),
    );
}

/** Variation selectors and joiners are part of emoji and of several scripts; anywhere else they hide something. */
function belongs(letter: string, before: string): boolean {
  if (letter >= '\ufe00' && letter <= '\ufe0f') return true;
  return (letter === '\u200d' || letter === '\u200c') && joinsAfter.test(before);
}

function mark(letter: string): string {
  return `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}
