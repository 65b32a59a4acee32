import type { Watch } from '../run/plan.ts';

const clear = '\u001B[K'; // what stood on the rest of the line

/** Shows on a terminal how many checks have ended; elsewhere it prints a plain line when all have. Everything goes to stderr. */
export function countChecks(what: string): { readonly watch: Watch; end(): void } {
  let count = 0;
  const start = performance.now();
  const line = () => `${what}: ${count} checks, ${((performance.now() - start) / 1000).toFixed(1)} s`;
  const isTerminal = process.stderr.isTTY;
  return {
    watch: {
      onRecord: () => {
        count++;
        if (isTerminal) process.stderr.write(`\r${line()}${clear}`);
      },
      onProgress: (text) => {
        if (isTerminal) process.stderr.write(`\r${line()}: ${text}${clear}`);
      },
    },
    end: () => void process.stderr.write(isTerminal ? `\r${line()}${clear}\n` : `${line()}\n`),
  };
}
