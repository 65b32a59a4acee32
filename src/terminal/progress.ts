import { cutText } from './columns.ts';

/** How far long work has come. It is written when there is something new and never by a timer: a race may be running beside it. */

/** Where it is shown: a stream of this process, or anything that can write. */
export interface Screen {
  readonly write: (text: string) => unknown;
  /** True where a line can be written over. */
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How a long task tells what it does: lines that read the same on a terminal and in a log. */
export interface Say {
  line(text: string): void;
  /** Runs `work` and says how long it took. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
}

const clear = '\r\u001B[K'; // back to the first column, and away with what stands there
const usualColumns = 80; // of a terminal that does not say how wide it is

/** One line that is written over on a terminal; elsewhere only the lines that stay. */
export class ProgressLine implements Say {
  readonly #screen: Screen;

  constructor(screen: Screen = process.stderr) {
    this.#screen = screen;
  }

  /** Shows the text until the next one comes; nothing where lines cannot be written over. */
  show(text: string): void {
    if (this.#screen.isTTY !== true) return;
    const room = (this.#screen.columns ?? usualColumns) - 1; // in the last column some terminals begin a new line
    this.#screen.write(clear + cutText(text, room));
  }

  /** Writes a line that stays, in the place of what is shown. */
  line(text: string): void {
    this.#screen.write(`${this.#screen.isTTY === true ? clear : ''}${text}\n`);
  }

  async step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    this.show(`${title} …`);
    const result = await work();
    this.line(`${title}: ${secondsSince(start)}`);
    return result;
  }
}

/** Such as `12.4 s`. */
export function secondsSince(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

const barWidth = 24; // terminal columns

/** A bar with what was done of it: `██████░░░░░░ round 3 of 9`. */
export function renderBar(done: number, of: number, what: string): string {
  const full = Math.round((done / of) * barWidth);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${what} ${done} of ${of}`;
}
