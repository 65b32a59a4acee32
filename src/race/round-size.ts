import { performance } from 'node:perf_hooks';

const ticksPerSample = 20; // then the clock's own steps are at most 5 % of a sample

/** Calls that one sample adds up, each on an input of its own, so that the clock can see it; the baseline alone decides. */
export function callsPerSample(baselineMs: number, tickMs = clockTickMs()): number {
  return Math.max(1, Math.min(1000, Math.ceil((ticksPerSample * tickMs) / Math.max(baselineMs, 1e-6))));
}

const [shortMs, longMs] = [20, 60]; // a scheduler's slice is some 4 ms: a call of 60 ms has met so many that no single one decides

/** How often the passes take turns in one round, so that no other program can win or lose a round by one interruption; the baseline decides. Two turns are an ABBA block. */
export function turnsPerRound(baselineMs: number): number {
  if (baselineMs >= longMs) return 2;
  return baselineMs < shortMs ? 10 : 6;
}

const fullMs = 200; // rounds begin 300 ms apart: what fits into this costs next to nothing

/** The same where the passes lie clearly above or below what is asked: as many as cost nothing, and one of long calls, whose order the next round reverses. */
export function turnsWhereClear(turnMs: number): number {
  const fitting = Math.floor(fullMs / turnMs);
  return Math.min(10, Math.max(1, fitting - (fitting % 2)));
}

let tick: number | undefined;

/** The smallest step of the clock seen in a few tries, milliseconds. */
function clockTickMs(): number {
  if (tick !== undefined) return tick;
  let smallest = Infinity;
  for (let attempt = 0; attempt < 200; attempt++) {
    const start = performance.now();
    let next = start;
    while (next === start) next = performance.now();
    smallest = Math.min(smallest, next - start);
  }
  return (tick = smallest);
}
