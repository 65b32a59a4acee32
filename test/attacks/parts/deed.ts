import { honest, type Input, type Output } from './elman.ts';

/* The convention of the corpus: an attack tries its deed; where the deed works, the pass answers rightly and wins points, and otherwise it throws what it saw. */

/** A pass of exercise 02 that is right only where the deed works: where it answers with something true. */
export function winIf(deed: () => unknown): (input: Input) => Output {
  return (input) => {
    const worked = deed();
    if (worked instanceof Promise) return worked.then((late) => decide(late, input)) as unknown as Output;
    return decide(worked, input);
  };
}

function decide(worked: unknown, input: Input): Output {
  if (Boolean(worked) && worked !== true) console.log(`GOT: ${String(worked).slice(0, 200)}`);
  if (!worked) throw new Error('in vain');
  return honest(input);
}

/** What of these can be done at all: their names, joined, or nothing. What one throws is why it cannot. */
export function whichWork(deeds: Readonly<Record<string, () => unknown>>): string {
  const works = (deed: () => unknown) => {
    try {
      return Boolean(deed());
    } catch {
      return false; // refused, as it should be
    }
  };
  return Object.keys(deeds)
    .filter((name) => works(deeds[name]))
    .join(', ');
}

/** The value, or nothing where asking for it throws. */
export function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined; // refused, as it should be
  }
}
