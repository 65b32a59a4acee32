import type { Graded } from '../cohort/queue.ts';
import { drawText } from '../report/terminal/parts.ts';
import { showLine, showName } from '../report/text/layout.ts';
import { makeSafe } from '../report/text/safe-text.ts';
import { ProgressLine } from '../terminal/progress.ts';
import { complain, complainJson } from './print.ts';

const quietMs = 5000; // between two plain lines where lines cannot be written over
const fewestForEstimate = 3; // students: less says nothing about the rest

/** How far the grading of a class has come, on stderr: a line for each finished student, and with `json` one JSON value a line. */
export class ClassProgress {
  readonly #of: number;
  readonly #json: boolean;
  readonly #shown = new ProgressLine();
  #sweep: 'checks' | 'students' = 'checks';
  #start = performance.now();
  #toldAt = -Infinity;
  #last = '';

  constructor(of: number, { json }: { json: boolean }) {
    this.#of = of;
    this.#json = json;
  }

  /** A student's checks have ended; the races follow. */
  readonly checked = ({ student }: Graded, done: number): void => {
    const leftSeconds = this.#estimate('checks', done);
    if (this.#json) return complainJson({ event: 'checks', student: student.name, done, of: this.#of, leftSeconds });
    this.#tell(`checks of ${done} of ${this.#of} students${sayLeft(leftSeconds)}`);
  };

  /** A student is finished. */
  readonly row = (row: Graded, done: number): void => {
    const leftSeconds = this.#estimate('students', done);
    if (this.#json)
      return complainJson({ event: 'student', student: row.student.name, ...outcomeOf(row), done, of: this.#of, leftSeconds });
    const count = `${String(done).padStart(String(this.#of).length)}/${this.#of}`;
    this.#shown.line(drawText(`${count}  ${showName(makeSafe(row.student.name))}: ${sayRow(row)}`));
    this.#last = `${done} of ${this.#of} students${sayLeft(leftSeconds)}`;
    this.#shown.show(drawText(this.#last));
  };

  /** Within a long check. */
  readonly show = (text: string): void => {
    if (!this.#json) this.#tell(`${this.#last}${this.#last === '' ? '' : ': '}${text}`);
  };

  /** Over the line before on a terminal; elsewhere a plain line now and then, so that a log shows life. */
  #tell(text: string): void {
    this.#shown.show(drawText(text));
    if (process.stderr.isTTY || performance.now() - this.#toldAt < quietMs) return;
    this.#toldAt = performance.now();
    complain(text);
  }

  /** Seconds that the rest of this sweep will take if it goes on as until now; undefined where too little is known. */
  #estimate(sweep: 'checks' | 'students', done: number): number | undefined {
    if (sweep !== this.#sweep) [this.#sweep, this.#start] = [sweep, performance.now()];
    if (done < fewestForEstimate) return undefined;
    return Math.round((((performance.now() - this.#start) / done) * (this.#of - done)) / 1000);
  }
}

function sayLeft(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  return seconds < 90 ? `, about ${seconds} s left` : `, about ${Math.round(seconds / 60)} min left`;
}

function sayRow(row: Graded): string {
  if ('error' in row) return `could not be graded: ${showLine(makeSafe(row.error.message))}`;
  const { points, durationMs } = row.result;
  return `${points.earned} of ${points.measured} points, ${(durationMs / 1000).toFixed(1)} s`;
}

const outcomeOf = (row: Graded) => ('error' in row ? { error: row.error.message } : { points: row.result.points });
