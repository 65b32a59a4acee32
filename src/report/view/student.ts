import type { Result } from '../../result/result.ts';
import { groupByUnit, showTally, type UnitView } from './exercise.ts';
import type { Drawn } from './figure.ts';
import { showLine, showName } from '../text/inert.ts';
import { showCount, showDate, showDuration, showMemory, showPoints, showShare } from '../text/numbers.ts';
import { drawPointsBar, splitPoints } from '../pictures/points-bar.ts';
import type { Svg } from '../pictures/svg.ts';
import { endSentence, listSetAside, type SetAside } from './set-aside.ts';
import { deviceWords } from '../wording.ts';

export interface Fact {
  readonly term: string;
  readonly value: string;
}

export interface StudentView {
  readonly title: string;
  readonly name: string;
  /** `31 of 42`, or null where nothing could be measured. */
  readonly score: string | null;
  /** Why there is no score, where there is none. */
  readonly noScore: string;
  readonly share: string;
  readonly possible: string;
  readonly setAside: readonly SetAside[];
  readonly barPicture: Svg;
  readonly legend: { readonly earned: string; readonly lost: string; readonly aside: string | null };
  readonly setting: string;
  readonly units: readonly UnitView[];
  readonly notes: readonly string[];
  readonly facts: readonly Fact[];
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

const mostNotes = 100; // a submission of ten thousand stray files must not make a report of ten thousand lines

/** All that one student's report says, in words ready for the page. */
export function studentView(result: Result, drawn: Drawn = new Map()): StudentView {
  const name = showName(result.submission.name);
  const parts = splitPoints(result.points);
  return {
    title: `Report of ${name}`,
    name,
    score: result.points.measured > 0 ? showTally(result.points) : null,
    noScore: explainNoScore(result.points),
    share: showShare(findShare(result)),
    possible: showPoints(result.points.possible),
    setAside: listSetAside(result),
    barPicture: drawPointsBar(result.points),
    legend: { earned: showCount(parts.earned), lost: showCount(parts.lost), aside: parts.aside > 0 ? showCount(parts.aside) : null },
    setting: describeSetting(result),
    units: groupByUnit(result.exercises, drawn),
    notes: shortenNotes(result.notes),
    facts: listFacts(result),
    files: result.exercises.flatMap(({ files }) =>
      files.map((file) => ({ path: showLine(file.path, 200), sha256: showLine(file.sha256, 64) })),
    ),
  };
}

/** Nothing to win is not the same as nothing measured. */
export function explainNoScore({ possible }: Result['points']): string {
  return possible > 0 ? 'no points could be measured' : 'no points to win here';
}

/** Earned over measured points; null where nothing could be measured. */
export function findShare({ points }: Pick<Result, 'points'>): number | null {
  return points.measured > 0 ? points.earned / points.measured : null;
}

/** Where the work was graded and behind which walls, with the reasons. */
export function describeSetting({ device, isolation }: Pick<Result, 'device' | 'isolation'>): string {
  const version = device.version === null ? '' : ` ${showLine(device.version, 40)}`;
  return (
    `Device: ${showLine(device.name, 60)}${version} (${deviceWords[device.kind]}); ${endSentence(showLine(device.reason))} ` +
    `Isolation: ${showLine(isolation.level, 60)}; ${endSentence(showLine(isolation.reason))}`
  );
}

function listFacts({ seed, kit, startedAt, durationMs, machine, submission }: Result): Fact[] {
  return [
    { term: 'Graded', value: `${showDate(startedAt)}, in ${showDuration(durationMs)}` },
    { term: 'Kit', value: `Unroll ${showLine(kit.version, 40)}` },
    { term: 'Seed', value: showLine(seed, 100) },
    { term: 'Machine', value: `${showLine(machine.cpu, 100)}, ${machine.cores} cores, ${showMemory(machine.memoryBytes)}` },
    { term: 'System', value: `${showLine(machine.os, 100)}, Node ${showLine(machine.node, 40)}` },
    { term: 'Submission', value: `SHA-256 ${showLine(submission.sha256, 64)}` },
  ];
}

function shortenNotes(notes: readonly string[]): string[] {
  const shown = notes.slice(0, mostNotes).map((note) => showLine(note, 500));
  return notes.length > mostNotes ? [...shown, `… and ${showCount(notes.length - mostNotes)} more notes.`] : shown;
}
