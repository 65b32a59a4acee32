import type { RaceResult } from '../../result/race.ts';
import { showLine } from '../text/inert.ts';
import { countOf, showMs, showRatio, showShare } from '../text/numbers.ts';
import { drawRaceStrip } from '../pictures/race-strip.ts';
import type { Svg } from '../pictures/svg.ts';
import { findQuantile } from '../../result/statistics.ts';
import { verdictWords } from '../wording.ts';

interface RaceRow {
  readonly term: string;
  readonly value: string;
}

export interface RaceView {
  readonly verdict: string;
  readonly caption: string;
  readonly rows: readonly RaceRow[];
  readonly stripPicture: Svg | null;
}

/** The interval of the test that gave the verdict: the two cannot contradict each other. */
function intervalRow({ interval, error }: RaceResult): RaceRow[] {
  if (interval === undefined) return [];
  return [
    { term: `Interval of the same test, ${showShare(1 - 2 * error)}`, value: `${showRatio(interval.low)} to ${showRatio(interval.high)}` },
  ];
}

function referenceRows({ referenceMs, share, rounds }: RaceResult): RaceRow[] {
  if (referenceMs === undefined || share === undefined) return [];
  const shares = rounds.flatMap((round) => round.share ?? []);
  return [
    { term: "The kit's own parallel pass, median of one call", value: showMs(referenceMs) },
    { term: 'Share of its speed-up reached; asked for', value: `${showShare(findQuantile(shares, 0.5))}; ${showShare(share)}` },
  ];
}

export function raceView(race: RaceResult): RaceView {
  const sizes = Object.entries(race.sizes).map(([name, size]) => `${showLine(name, 20)} = ${size.toLocaleString('en')}`);
  return {
    verdict: verdictWords[race.verdict],
    caption: sizes.length === 0 ? 'The race' : `The race at ${sizes.join(', ')}`,
    rows: [
      { term: `${showLine(race.baseline, 80)}, median of one call`, value: showMs(race.baselineMs) },
      { term: `${showLine(race.candidate, 80)}, median of one call`, value: showMs(race.candidateMs) },
      { term: `Speed-up, median of ${countOf(race.rounds.length, 'round')}`, value: showRatio(race.speedup) },
      ...intervalRow(race),
      {
        term: 'Speed-up asked for',
        value: `${showRatio(race.threshold)}${race.provisional === true ? ', provisional: nobody has measured on this class of devices' : ''}`,
      },
      ...referenceRows(race),
      { term: 'Verdict', value: verdictWords[race.verdict] },
    ],
    stripPicture: drawRaceStrip(race),
  };
}
