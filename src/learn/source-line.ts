/** A line of the learner's file that a message names. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const place = /line (\d{1,6}) of ([a-z0-9-]+\.ts)/;

/** The line that a message names, where it names one that is there. */
export function sourceLineOf(message: string, files: Readonly<Record<string, string>>): SourceLine | undefined {
  const found = place.exec(message);
  if (found === null) return undefined;
  const [line, file] = [Number(found[1]), found[2] as string];
  const text = files[file]?.split(/\r?\n/)[line - 1];
  return text === undefined ? undefined : { file, line, text };
}
