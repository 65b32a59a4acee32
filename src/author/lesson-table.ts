import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Exercise } from '../course/exercise.ts';
import { writeWhole } from '../files.ts';

const [opening, closing] = ['<!-- checks -->', '<!-- /checks -->'] as const;
const head = ['| check | points | what it pins down |', '|---|---:|---|'];

/** What is wrong with the table of checks in an exercise's lesson; nothing where it is the one that exercise.yaml gives. */
export function findTableFaults(exercise: Exercise): string[] {
  const { lesson, fresh } = readLesson(exercise);
  if (fresh === undefined)
    return [`README.md has no place for the table of checks: a line ${opening} and, further down, a line ${closing}`];
  return lesson === fresh ? [] : ['the table of checks in README.md is not what exercise.yaml gives: run course draw'];
}

/** Writes the table of checks into an exercise's lesson. Returns the lesson's path, or nothing where the table stands there already. */
export async function writeTable(exercise: Exercise): Promise<string | undefined> {
  const { path, lesson, fresh } = readLesson(exercise);
  return fresh === undefined || fresh === lesson ? undefined : writeWhole(path, fresh);
}

/** A lesson with the table of an exercise's checks between its two marks; nothing where the marks are not there, once each and in order. */
export function withTable(lesson: string, exercise: Pick<Exercise, 'checks'>): string | undefined {
  const [before, inside, ...others] = lesson.split(`${opening}\n`);
  if (inside === undefined || others.length > 0) return undefined;
  const [table, after, ...rest] = inside.split(closing);
  if (table === undefined || after === undefined || rest.length > 0) return undefined;
  return `${before}${opening}\n\n${renderTable(exercise)}\n\n${closing}${after}`;
}

function renderTable({ checks }: Pick<Exercise, 'checks'>): string {
  const rows = Object.entries(checks).map(([id, { title, points }]) => `| ${id} | ${points} | ${title.replaceAll('|', '\\|')} |`);
  return [...head, ...rows].join('\n');
}

function readLesson(exercise: Exercise) {
  const path = join(exercise.folder, 'README.md');
  const lesson = readFileSync(path, 'utf8');
  return { path, lesson, fresh: withTable(lesson, exercise) };
}
