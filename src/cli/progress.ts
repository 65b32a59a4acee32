import type { Watch } from '../run/plan.ts';
import { drawText } from '../report/terminal/parts.ts';
import { ProgressLine, secondsSince } from '../terminal/progress.ts';

/** Shows on a terminal how many checks have ended; elsewhere it prints a plain line when all have. Everything goes to stderr. */
export function countChecks(what: string): { readonly watch: Watch; end(): void } {
  const shown = new ProgressLine();
  const start = performance.now();
  let count = 0;
  const line = () => `${what}: ${count} checks, ${secondsSince(start)}`;
  return {
    watch: {
      onRecord: () => {
        count++;
        shown.show(drawText(line()));
      },
      onProgress: (text) => shown.show(drawText(`${line()}: ${text}`)),
    },
    end: () => shown.line(drawText(line())),
  };
}
