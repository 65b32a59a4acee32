import { renderMarkdownTable } from '../terminal/table.ts';
import type { Survey, SurveyedRace } from './survey.ts';

/** A survey as Markdown, in the form of docs/race.md. */
export function renderSurvey({ kit, date, machine, device, correctness, errorShares, races, thresholds, errors }: Survey): string {
  const [worst, share] = Object.entries(errorShares).toSorted(([, a], [, b]) => b - a)[0] ?? ['', 0];
  return [
    `${date}, Unroll ${kit}, ${machine}. ${device.reason}`,
    `The solutions pass ${correctness.passed} checks. Largest error: ${(100 * share).toFixed(1)} % of what is allowed${worst === '' ? '' : ` (${worst})`}.`,
    ...correctness.others.map(({ exercise, check, outcome }) => `- ${exercise}, ${check}: ${JSON.stringify(outcome)}`),
    ...errors.map((error) => `- the grader: ${error}`),
    ...(races.length === 0
      ? ['Races: *not measured*, because this device is never timed.']
      : ['', renderRaces(races), '', renderThresholds(thresholds)]),
  ].join('\n');
}

function renderRaces(races: readonly SurveyedRace[]): string {
  const rows = races.map((race) => {
    const what = [
      race.exercise,
      Object.entries(race.sizes)
        .map(([name, size]) => `${name} ${size}`)
        .join(', '),
    ];
    if ('reason' in race) return [...what, '*not measured*', '', '', race.reason.replace(/\s+/g, ' ').slice(0, 120)];
    const { sequentialMs, parallelMs, speedup, interval, rounds } = race;
    const between = interval === null ? `${rounds} rounds` : `${interval.map((end) => end.toPrecision(3)).join(' to ')}, ${rounds} rounds`;
    return [...what, sequentialMs.toPrecision(3), parallelMs.toPrecision(3), speedup.toPrecision(3), between];
  });
  return renderMarkdownTable(['exercise', 'sizes', 'sequential, ms', 'parallel, ms', 'times as fast', 'interval'], rows);
}

function renderThresholds(thresholds: Survey['thresholds']): string {
  const rows = Object.entries(thresholds).map(([exercise, { parallel, sequential, threshold }]) => [
    exercise,
    parallel.join(', '),
    sequential.join(', '),
    threshold === null ? 'none' : String(threshold),
  ]);
  return renderMarkdownTable(['exercise', 'parallel pass', 'sequential pass in its place', 'threshold'], rows);
}
