import { Writable } from 'node:stream';

import { drawText, type Drawn } from '../report/terminal/parts.ts';
import { showBlock } from '../report/text/layout.ts';
import { makeSafe } from '../report/text/safe-text.ts';

/** The only way from this room to stdout and stderr: whatever a submission prints, throws or is called arrives as harmless text. */

const longestComplaint = 8000; // characters: a stack, or ten mistakes of a yaml file

/** Prints what report/ has drawn. */
export function print(drawn: Drawn): void {
  process.stdout.write(drawn.endsWith('\n') ? drawn : `${drawn}\n`);
}

/** Prints a text of any kind. */
export function say(text: string): void {
  print(drawText(text));
}

/** Prints a text of any kind on stderr. */
export function complain(text: string): void {
  process.stderr.write(`${drawText(showBlock(makeSafe(text), longestComplaint))}\n`);
}

/** Whatever a terminal, a log or a reader could take for more than text; the same value without it: JSON can spell each letter. */
const misleading = /[\u007f-\u009f\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029]|##(?=\[|vso\[|teamcity\[)/giu;

/** Prints one JSON value. */
export function printJson(value: unknown, space?: number): void {
  process.stdout.write(`${spellJson(value, space)}\n`);
}

/** Prints one JSON value, in a line on stderr. */
export function complainJson(value: unknown): void {
  process.stderr.write(`${spellJson(value)}\n`);
}

const spellJson = (value: unknown, space?: number) =>
  JSON.stringify(value, null, space).replace(misleading, (letters) =>
    Array.from({ length: letters.length }, (_, at) => `\\u${letters.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );

/** A stream for programs that print by themselves, such as vitest: each line of it arrives on stderr as harmless text. */
export function openInertOutput(): Writable {
  let rest = '';
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      const lines = (rest + chunk.toString()).split('\n');
      rest = (lines.pop() ?? '').slice(0, longestComplaint);
      for (const line of lines) if (line.trim() !== '') complain(line);
      done();
    },
  });
}
