/** How a long task tells what it does: plain lines, which read the same on a terminal and in a log. */
export interface Say {
  line(text: string): void;
  /** Runs `work` and says how long it took. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
}

export function sayTo(write: (text: string) => void): Say {
  return {
    line: (text) => write(`${text}\n`),
    async step(title, work) {
      const start = performance.now();
      const result = await work();
      write(`${title}: ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
      return result;
    },
  };
}
