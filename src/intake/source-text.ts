import { isUtf8 } from 'node:buffer';

/** The text of a learner's file, with a doubt where it may not read as it was meant, or why it is no text. */
export type SourceText = { readonly text: string; readonly doubt?: string } | { readonly refused: string };

/** Reads a file of text as UTF-8, with the mark that some editors put before it or without. */
export function readSource(bytes: Buffer): SourceText {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return { refused: 'it is UTF-16 text; save it as UTF-8' };
  if (bytes.includes(0)) return { refused: 'it holds zero bytes, as no text does; save it as UTF-8' };
  const text = bytes.toString('utf8', startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0); // 3: bytes of the mark
  if (isUtf8(bytes)) return { text };
  return { text, doubt: 'some of its bytes are no UTF-8 and were read as \ufffd; save it as UTF-8' };
}

const startsWith = (bytes: Buffer, mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte);
