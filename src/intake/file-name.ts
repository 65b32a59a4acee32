/** A file's name as text. Names are bytes on most systems: those that are no valid UTF-8 are written as `[0xFF]`. */
export function decodeName(name: Buffer): string {
  try {
    return strict.decode(name);
  } catch {
    return decodePieces(name);
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const longestLetter = 4; // bytes of a character in UTF-8

function decodePieces(name: Buffer): string {
  let text = '';
  for (let at = 0; at < name.length;) {
    const length = letterLength(name, at);
    text += length === 0 ? `[0x${(name[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}]` : name.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return text;
}

/** Bytes of the character that begins here; 0 where none does. */
function letterLength(name: Buffer, at: number): number {
  for (let length = 1; length <= longestLetter && at + length <= name.length; length++) {
    try {
      strict.decode(name.subarray(at, at + length));
      return length;
    } catch {
      // not yet a whole character
    }
  }
  return 0;
}

const longestShown = 80; // characters of a name in a note: enough to find it

/** The first few of many names, each cut. */
export function listNames(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => cutName(name));
  return `${shown.join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`;
}

function cutName(name: string): string {
  const letters = Array.from(name);
  return letters.length > longestShown ? `${letters.slice(0, longestShown).join('')}…` : name;
}
