import { writeSync } from 'node:fs';

const width = 24; // characters of the bar

/** A bar on the learner's screen for work that takes a minute. vitest holds back what a test prints until the test ends, so it is written past it. */
export function drawProgress(): (done: number, of: number, what: string) => void {
  return (done, of, what) => {
    const full = Math.round((done / of) * width);
    const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
    writeSync(2, `\r${bar} ${what} ${done} of ${of}${done === of ? '\n' : ' '}`);
  };
}
