/** Text in terminal columns: some characters are two columns wide, some none. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

/** Columns that a text takes in a terminal. */
export function measureText(text: string): number {
  return Array.from(graphemes.segment(text), ({ segment }) => widthOf(segment)).reduce((sum, width) => sum + width, 0);
}

/** The text cut to so many columns, with an ellipsis where it was cut. */
export function cutText(text: string, columns: number): string {
  if (measureText(text) <= columns) return text;
  let kept = '';
  let taken = 1; // the ellipsis
  for (const { segment } of graphemes.segment(text)) {
    taken += widthOf(segment);
    if (taken > columns) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

export function padText(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const gap = ' '.repeat(Math.max(0, columns - measureText(text)));
  return align === 'left' ? text + gap : gap + text;
}

/** The words on lines of at most so many columns; the second line and all after it begin with the indent. */
export function wrapText(text: string, columns: number, indent: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (measureText(longer) <= columns) {
      current = longer;
      continue;
    }
    if (current !== '') lines.push(current);
    current = cutText(`${lines.length === 0 ? '' : indent}${word}`, columns);
  }
  return [...lines, current];
}

function widthOf(segment: string): number {
  if (/^[\p{M}\p{Cf}\p{Cc}]+$/u.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}
