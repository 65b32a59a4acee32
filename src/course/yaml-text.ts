import { Composer, CST, isScalar, Lexer, LineCounter, Parser, visit, type Document } from 'yaml';

import { UserError } from '../errors.ts';

/** Text of YAML made a document in bounded time, whoever wrote it. */

const deepest = 32; // collections inside each other; the kit's own files have five, and the parser's recursion ends the process at some thousands
const mostPieces = 50_000; // words, signs and ends of lines: the longest file of the kit has a thousand
const mostMistakes = 10; // named at once; a broken file can have one on every line

export interface YamlText {
  readonly document: Document.Parsed;
  /** The line, from 1, of this offset. */
  readonly lineAt: (offset: number) => number;
}

/** A mistake in a text, before anybody says of which file. */
interface Mistake {
  readonly offset: number;
  readonly message: string;
}

/** Parses the text of a file. Every mistake is named with the file and its line. */
export function parseYaml(text: string, path: string): YamlText {
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const name = (mistakes: readonly Mistake[]) =>
    new UserError(listMistakes(mistakes, ({ offset, message }) => `${path}:${lineAt(offset)}: ${message}`));
  const tokens = readTokens(text, lines);
  if ('message' in tokens) throw name([tokens]);
  // Keys that are written twice are found below: the composer compares each key with every other.
  const composer = new Composer({ uniqueKeys: false, stringKeys: true, merge: false, customTags: [], logLevel: 'silent' });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined) throw name([{ offset: 0, message: 'the file holds nothing' }]);
  const broken = document.errors.map(({ pos, message }) => ({ offset: pos[0], message }));
  if (second !== undefined) broken.push({ offset: second.range[0], message: 'a second document begins; a file holds one' });
  const mistakes = [...broken, ...(broken.length > 0 ? [] : findBadKeys(document))];
  if (mistakes.length > 0) throw name(mistakes);
  return { document, lineAt };
}

/** The mistakes on a line each, the first few of many: each is worded only if it is shown. */
export function listMistakes<Mistake>(mistakes: readonly Mistake[], say: (mistake: Mistake) => string): string {
  const shown = mistakes.slice(0, mostMistakes).map((mistake) => cut(say(mistake)));
  return [...shown, ...(mistakes.length > shown.length ? [`and ${mistakes.length - shown.length} more`] : [])].join('\n');
}

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);
const longest = 1000; // characters of a mistake: a path and a sentence; a key can be as long as the file

/** What is refused wherever it stands: each can make a small file a large one, or a plain value something else. */
const refused = new Map<CST.TokenType | null, string>([
  ['alias', 'an alias (*) is not read here; write the value out'],
  ['anchor', 'an anchor (&) is not read here; write the value out where it is used'],
  ['tag', 'a tag (!) is not read here; write a plain value'],
]);

/** The file's tokens, or the first thing that is never read. The parser keeps what is open in a list, where the composer recurses. */
function readTokens(text: string, lines: LineCounter): CST.Token[] | Mistake {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let pieces = 0;
  let errors = 0;
  let plain = false; // what follows is the text of a plain scalar, whatever it looks like
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    const type: CST.TokenType | null = plain ? null : CST.tokenType(lexeme);
    const { offset } = parser;
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') errors++;
    }
    if (errors > mostMistakes) return tokens; // enough to name; the composer takes its time over each
    plain = type === 'scalar';
    const message = parser.stack.length > deepest ? `it is nested more than ${deepest} deep` : refused.get(type);
    if (message !== undefined) return { offset, message };
    if (++pieces > mostPieces) return { offset, message: 'it holds more words and lines than any file of a course needs' };
  }
  return [...tokens, ...parser.end()];
}

/** Keys that are written twice, and the one that JavaScript takes for something else. */
function findBadKeys(document: Document): Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Map: (_key, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const offset = key.range?.[0] ?? 0;
        if (key.value === '__proto__') mistakes.push({ offset, message: '__proto__ cannot be a key' });
        if (seen.has(key.value)) mistakes.push({ offset, message: `${JSON.stringify(key.value)} is written twice in the same place` });
        seen.add(key.value);
      }
    },
  });
  return mistakes;
}
