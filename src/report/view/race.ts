import type { RaceResult } from '../../result/race.ts';
import { joinTexts, showLine } from '../text/layout.ts';
import { countOf, showCount, showMs, showRatio, showShare } from '../text/numbers.ts';
import { makeSafe, safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { drawRaceStrip } from '../pictures/race-strip.ts';
import type { Svg } from '../pictures/svg.ts';
import { findQuantile } from '../../result/statistics.ts';
import { verdictWords } from '../wording.ts';

interface RaceRow {
  readonly term: SafeText;
  readonly value: SafeText;
}

export interface RaceView {
  readonly verdict: SafeText;
  readonly caption: SafeText;
  readonly rows: readonly RaceRow[];
  readonly stripPicture: Svg | null;
}

/** The interval of the test that gave the verdict: the two cannot contradict each other. */
function intervalRow({ interval, error }: Safe<RaceResult>): RaceRow[] {
  if (interval === undefined) return [];
  return [
    {
      term: safe`Interval of the same test, ${showShare(1 - 2 * error)}`,
      value: safe`${showRatio(interval.low)} to ${showRatio(interval.high)}`,
    },
  ];
}

function referenceRows({ referenceMs, share, rounds }: Safe<RaceResult>): RaceRow[] {
  if (referenceMs === undefined || share === undefined) return [];
  const shares = rounds.flatMap((round) => round.share ?? []);
  return [
    { term: safe`The kit's own parallel pass, median of one call`, value: showMs(referenceMs) },
    { term: safe`Share of its speed-up reached; asked for`, value: safe`${showShare(findQuantile(shares, 0.5))}; ${showShare(share)}` },
  ];
}

export function raceView(race: Safe<RaceResult>): RaceView {
  const sizes = Object.entries(race.sizes).map(([name, size]) => safe`${showLine(makeSafe(name), 20)} = ${showCount(size)}`);
  return {
    verdict: verdictWords[race.verdict],
    caption: sizes.length === 0 ? safe`The race` : safe`The race at ${joinTexts(sizes, safe`, `)}`,
    rows: [
      { term: safe`${showLine(race.baseline, 80)}, median of one call`, value: showMs(race.baselineMs) },
      { term: safe`${showLine(race.candidate, 80)}, median of one call`, value: showMs(race.candidateMs) },
      { term: safe`Speed-up, median of ${countOf(race.rounds.length, safe`round`)}`, value: showRatio(race.speedup) },
      ...intervalRow(race),
      {
        term: safe`Speed-up asked for`,
        value: safe`${showRatio(race.threshold)}${race.provisional === true ? safe`, provisional: not measured on this class of devices` : safe``}`,
      },
      ...referenceRows(race),
      { term: safe`Verdict`, value: verdictWords[race.verdict] },
    ],
    stripPicture: drawRaceStrip(race),
  };
}
