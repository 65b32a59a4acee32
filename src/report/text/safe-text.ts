import stripAnsi from 'strip-ansi';

/**
 * Text that is safe to look at: nothing hidden, nothing that steers a terminal. Results hold text from learners; `makeSafe` turns a whole
 * result into safe text where it enters this room, and pages, pictures and terminal accept nothing else, so that a forgotten call does not
 * compile. HTML is escaped later, by the template.
 */

declare const safeText: unique symbol;
export type SafeText = string & { readonly [safeText]: true };

/** A word that the kit's own code spells out, such as `'fail'`: a type of known letters cannot hold a learner's text. */
export type Spelled<T extends string> = {} extends Record<T, 1> ? never : T;

/**
 * The same value with every free text made safe. A gradebook's `folder` is an address and stays a plain string, which no page accepts:
 * `linkTo` makes a link of it.
 */
export type Safe<T> = T extends SafeText
  ? T
  : T extends string
    ? [Spelled<T>] extends [never]
      ? SafeText
      : T
    : T extends object
      ? { readonly [K in keyof T]: K extends 'folder' ? T[K] : Safe<T[K]> }
      : T;

export function makeSafe(text: string): SafeText;
export function makeSafe<T>(value: T): Safe<T>;
export function makeSafe(value: unknown): unknown {
  return cleanAll(value);
}

function cleanAll(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === 'folder' ? part : cleanAll(part)]));
}

/** The kit's own words, such as ``safe`${points} set aside` ``: what stands in them is safe already, or a number. */
export function safe(words: TemplateStringsArray, ...holes: readonly (SafeText | number)[]): SafeText {
  return words.reduce((text, word, index) => text + String(holes[index - 1]) + word) as SafeText;
}

const plain = /^[\t\n -~]*$/; // nearly every text: nothing in it to mend
const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Control characters other than tab and line feed. */
const controls = /(?![\t\n])\p{Cc}/gu;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu;
/** Marks stacked so high that they cover other lines; four are enough for every living script. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu;
const joinsAfter = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}\p{Script=Arabic}\p{Script=Devanagari}]$/u;

/** Making safe text safe once more changes nothing. */
function cleanText(text: string): string {
  if (plain.test(text)) return text;
  return stripAnsi(text.replace(lineBreaks, '\n'))
    .replace(controls, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(stackedMarks, '$1')
    .replace(invisible, (letter, at: number, whole: string) =>
      belongs(letter, whole.slice(Math.max(0, at - 2), at)) ? letter : markLetter(letter),
    );
}

/** Variation selectors and joiners are part of emoji and of several scripts; anywhere else they hide something. */
function belongs(letter: string, before: string): boolean {
  if (letter >= '\ufe00' && letter <= '\ufe0f') return true;
  return (letter === '\u200d' || letter === '\u200c') && joinsAfter.test(before);
}

function markLetter(letter: string): string {
  return `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

const commandAtStart = /^([^\S\n]*):(?=:)/gm;
const commandAnywhere = /##(?=\[|vso\[|teamcity\[)/gi;

/**
 * The text as it may stand in a log: services of continuous integration obey lines that begin with `::`, and `##[` wherever it stands. A
 * space between the two signs ends that, and is seen.
 */
export function disarm(text: SafeText): SafeText {
  return text.replace(commandAtStart, '$1: ').replace(commandAnywhere, '# #') as SafeText;
}
