import { createInterface } from 'node:readline';

import type { Desk } from './desk.ts';
import { drawPlain, drawPlainTypes } from './screen.ts';

/** Where the keys go. */
export interface Keys {
  /** Answers true to leave. */
  press(key: string): Promise<boolean>;
  /** True while every key is a letter of a text. */
  isTyping(): boolean;
  /** Once what a key has started has ended. */
  settled(): Promise<void>;
}

/**
 * Shows the desk line by line, for screen readers, pipes and logs: each verdict, panel and notice once. A line of input is a key: its first letter,
 * Enter alone, or the number of an exercise. The end of the input ends it, after the verdict.
 */
export async function showAsLines(desk: Desk, keys: Keys, print: (text: string) => void): Promise<void> {
  let shown: Readonly<Record<string, string>> = {};
  const showNew = () => {
    const parts = partsOf(desk);
    for (const [part, text] of Object.entries(parts)) if (text !== '' && text !== shown[part]) print(text.slice(text.indexOf('\n') + 1));
    shown = parts;
  };
  const off = desk.onChange(showNew);
  try {
    showNew();
    for await (const line of createInterface({ input: process.stdin, terminal: false }))
      for (const key of keys.isTyping() ? [line.trim(), 'return'] : [keyOf(line.trim())]) if (await keys.press(key)) return;
    await desk.settled();
    await keys.settled();
  } finally {
    off();
  }
}

/** What there is to read, each part behind a first line that tells one showing of it from the next. */
function partsOf(desk: Desk) {
  const { view, save } = desk;
  const ended = view.verdict !== undefined && view.runningS === undefined;
  const part = (lines: readonly string[] | undefined) => (lines === undefined || lines.length === 0 ? '' : [save, ...lines].join('\n'));
  return {
    notice: part(view.notice === undefined ? undefined : [view.notice]),
    panel: part(view.panel && [view.panel.title, '', ...view.panel.lines]),
    verdict: part(ended ? drawPlain(view) : undefined),
    types: part(ended ? drawPlainTypes(view) : undefined),
  };
}

/** An exercise by its number, or a key by its letter. */
function keyOf(line: string): string {
  if (/^\d{1,2}$/.test(line)) return line.padStart(2, '0');
  return line.at(0) ?? 'return';
}
