import type { Epoch, Result } from '../../result/result.ts';
import { groupByUnit, showTally, type UnitView } from './exercise.ts';
import type { Drawn } from './figure.ts';
import { showLine, showName } from '../text/layout.ts';
import { showCount, showDate, showDuration, showMemory, showPoints, showShare } from '../text/numbers.ts';
import { safe, type Safe, type SafeText } from '../text/safe-text.ts';
import { drawPointsBar, splitPoints } from '../pictures/points-bar.ts';
import type { Svg } from '../pictures/svg.ts';
import { endSentence, listSetAside, type SetAside } from './set-aside.ts';
import { deviceWords } from '../wording.ts';

export interface Fact {
  readonly term: SafeText;
  readonly value: SafeText;
}

export interface StudentView {
  readonly title: SafeText;
  readonly name: SafeText;
  /** `31 of 42`, or null where nothing could be measured. */
  readonly score: SafeText | null;
  /** Why there is no score, where there is none. */
  readonly noScore: SafeText;
  readonly share: SafeText;
  readonly possible: SafeText;
  readonly setAside: readonly SetAside[];
  readonly barPicture: Svg;
  readonly legend: { readonly earned: SafeText; readonly lost: SafeText; readonly setAside: SafeText | null };
  readonly setting: SafeText;
  readonly units: readonly UnitView[];
  readonly notes: readonly SafeText[];
  readonly facts: readonly Fact[];
  readonly files: readonly { readonly path: SafeText; readonly sha256: SafeText }[];
}

const mostNotes = 100; // a submission of ten thousand stray files must not make a report of ten thousand lines

/** All that one student's report says, in words ready for the page. */
export function studentView(result: Safe<Result>, drawn: Drawn = new Map()): StudentView {
  const name = showName(result.submission.name);
  const parts = splitPoints(result.points);
  return {
    title: safe`Report of ${name}`,
    name,
    score: result.points.measured > 0 ? showTally(result.points) : null,
    noScore: explainNoScore(result.points),
    share: showShare(findShare(result)),
    possible: showPoints(result.points.possible),
    setAside: listSetAside(result),
    barPicture: drawPointsBar(result.points),
    legend: {
      earned: showCount(parts.earned),
      lost: showCount(parts.lost),
      setAside: parts.setAside > 0 ? showCount(parts.setAside) : null,
    },
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
export function explainNoScore({ possible }: Result['points']): SafeText {
  return possible > 0 ? safe`no points could be measured` : safe`no points to win here`;
}

/** Earned over measured points; null where nothing could be measured. */
export function findShare({ points }: Pick<Result, 'points'>): number | null {
  return points.measured > 0 ? points.earned / points.measured : null;
}

/** Where the work was graded and behind which walls, with the reasons. */
export function describeSetting({ device, isolation }: Safe<Pick<Result, 'device' | 'isolation'>>): SafeText {
  const version = device.version === null ? safe`` : safe` ${showLine(device.version, 40)}`;
  const place = safe`${showLine(device.name, 60)}${version} (${deviceWords[device.kind]})`;
  const walls = safe`Isolation: ${showLine(isolation.level, 60)}; ${endSentence(showLine(isolation.reason))}`;
  return safe`Device: ${place}; ${endSentence(showLine(device.reason))} ${walls}`;
}

function listFacts({ seed, epoch, kit, startedAt, durationMs, machine, submission }: Safe<Result>): Fact[] {
  return [
    { term: safe`Graded`, value: safe`${showDate(startedAt)}, in ${showDuration(durationMs)}` },
    { term: safe`Kit`, value: safe`Unroll ${showLine(kit.version, 40)}` },
    tellInputs(seed, epoch),
    { term: safe`Machine`, value: safe`${showLine(machine.cpu, 100)}, ${machine.cores} cores, ${showMemory(machine.memoryBytes)}` },
    { term: safe`System`, value: safe`${showLine(machine.os, 100)}, Node ${showLine(machine.node, 40)}` },
    { term: safe`Submission`, value: safe`SHA-256 ${showLine(submission.sha256, 64)}` },
  ];
}

/** Where the inputs came from: a seed that repeats them, or an epoch, whose key does once it is released. */
export function tellInputs(seed: SafeText, epoch: Safe<Epoch> | undefined): Fact {
  if (epoch === undefined) return { term: safe`Seed`, value: showLine(seed, 100) };
  const how = safe`once its key is released, npx unroll replay CASE --key KEY repeats a failed case`;
  return { term: safe`Epoch`, value: safe`${showLine(epoch.name, 60)}, commitment ${showLine(epoch.commitment, 64)}; ${how}` };
}

/** The first hundred notes, each on one line. */
export function shortenNotes(notes: readonly SafeText[]): readonly SafeText[] {
  const shown = notes.slice(0, mostNotes).map((note) => showLine(note, 500));
  return notes.length > mostNotes ? [...shown, safe`… and ${showCount(notes.length - mostNotes)} more notes.`] : shown;
}
