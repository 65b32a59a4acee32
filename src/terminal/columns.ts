import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Text in terminal columns: some letters are two columns wide, some none. */

/** The text cut to so many columns, with an ellipsis where it was cut. */
export function cutText(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const [first = ''] = wrapAnsi(text, columns - 1, { hard: true, wordWrap: false, trim: false }).split('\n', 1); // 1: the ellipsis
  return `${first.trimEnd()}…`;
}

export function padText(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - stringWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** The words on lines of at most so many columns; all lines after the first begin with the indent. A text that fits stays as it is. */
export function wrapText(text: string, columns: number, indent = ''): string[] {
  if (stringWidth(text) <= columns) return [text];
  const wrapped = wrapAnsi(text, columns - indent.length, { hard: true });
  return wrapped.split('\n').map((line, index) => (index === 0 ? line : indent + line));
}
