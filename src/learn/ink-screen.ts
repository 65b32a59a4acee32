import { render, Text, useInput, useStdout, type Key } from 'ink';
import { createElement, useEffect, useReducer, type ReactElement } from 'react';

import type { Desk } from './desk.ts';
import { drawScreen } from './screen.ts';

const alternateScreen = { on: '\u001B[?1049h\u001B[H', off: '\u001B[?1049l' };
const smallest = { columns: 40, rows: 12 };

/** Shows the desk on the whole terminal until the learner leaves; `press` is told each key and answers true to leave. */
export async function showOnScreen(desk: Desk, press: (key: string) => Promise<boolean>, colour: boolean): Promise<void> {
  const { stdout } = process;
  stdout.write(alternateScreen.on);
  const restore = () => stdout.write(alternateScreen.off);
  process.once('exit', restore);
  try {
    const shown = render(
      createElement(Screen, { desk, colour, press: (key) => void press(key).then((leave) => leave && shown.unmount()) }),
      {
        patchConsole: false,
        maxFps: 60,
      },
    );
    await shown.waitUntilExit();
  } finally {
    process.off('exit', restore);
    restore();
  }
}

function Screen({ desk, colour, press }: { desk: Desk; colour: boolean; press: (key: string) => void }): ReactElement {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const { stdout } = useStdout();
  useEffect(() => desk.onChange(redraw), [desk]);
  useEffect(() => {
    stdout.on('resize', redraw);
    const clock = setInterval(() => desk.view.runningS !== undefined && redraw(), 1000);
    return () => {
      stdout.off('resize', redraw);
      clearInterval(clock);
    };
  }, [desk, stdout]);
  useInput((input, key) => press(nameOf(input, key)));
  const columns = Math.max(smallest.columns, stdout.columns);
  const rows = Math.max(smallest.rows, stdout.rows) - 1; // a screen that is full to its last line makes the terminal scroll
  return createElement(Text, { wrap: 'truncate' }, drawScreen(desk.view, { columns, rows, colour }).join('\n'));
}

/** The name of a key, as `Controls` knows it: its letter, or a word for those that have none. */
function nameOf(input: string, key: Key): string {
  const named = [
    [key.upArrow, 'up'],
    [key.downArrow, 'down'],
    [key.pageUp, 'pageUp'],
    [key.pageDown, 'pageDown'],
    [key.return, 'return'],
    [key.escape, 'escape'],
    [key.backspace || key.delete, 'backspace'],
  ] as const;
  return named.find(([pressed]) => pressed)?.[1] ?? input;
}
