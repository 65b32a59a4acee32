import type { RaceRecord } from '../result.ts';
import { showLine } from './inert.ts';
import { countOf, showMs, showRatio } from './numbers.ts';
import { drawRaceStrip } from './pictures/race-strip.ts';
import type { Svg } from './pictures/svg.ts';
import { verdictWords } from './wording.ts';

export interface RaceView {
  readonly verdict: string;
  readonly caption: string;
  readonly rows: readonly { readonly term: string; readonly value: string }[];
  readonly stripPicture: Svg | null;
}

export function raceView(race: RaceRecord): RaceView {
  const sizes = Object.entries(race.sizes).map(([name, size]) => `${showLine(name, 20)} = ${size.toLocaleString('en')}`);
  return {
    verdict: verdictWords[race.verdict],
    caption: sizes.length === 0 ? 'The race' : `The race at ${sizes.join(', ')}`,
    rows: [
      { term: `${showLine(race.baseline, 80)}, median of one call`, value: showMs(race.baselineMs) },
      { term: `${showLine(race.candidate, 80)}, median of one call`, value: showMs(race.candidateMs) },
      { term: `Speed-up, median of ${countOf(race.ratios.length, 'round')}`, value: showRatio(race.speedup) },
      { term: 'Speed-up asked for', value: showRatio(race.threshold) },
      { term: 'Verdict', value: verdictWords[race.verdict] },
    ],
    stripPicture: drawRaceStrip(race),
  };
}
