import { alignRows } from '../terminal/table.ts';
import type { ExerciseProof } from './proof.ts';

const signs = { pass: '.', fail: 'x', none: ' ' } as const;

/** The matrix of one exercise as text: a row for each in the learner's place, a column for each check, x where the check failed them. */
export function renderMatrix({ exercise, rows, problems, todo, errorShare, durationMs }: ExerciseProof): string {
  const checks = Object.keys(exercise.checks);
  const head = checks.map((_, index) => letter(index)).join(' ');
  const lines = rows.map(({ variant, marks }) => [variant, checks.map((check) => signs[marks[check] ?? 'none']).join(' ')]);
  const legend = checks.map((check, index) => `${letter(index)} ${check}`).join(', ');
  const verdict = problems.length > 0 ? 'DOES NOT HOLD' : exercise.unfinished ? 'unfinished' : 'holds';
  return [
    `${exercise.id}  ${verdict}  (largest error of the solution: ${(100 * errorShare).toFixed(1)} % of what is allowed; ${(durationMs / 1000).toFixed(1)} s)`,
    ...alignRows([['', head], ...lines]).map((line) => `  ${line}`),
    `  ${legend}`,
    ...problems.map((problem) => `  ! ${problem}`),
    ...todo.map((still) => `  ? ${still}`),
  ].join('\n');
}

const letter = (index: number) => String.fromCharCode('a'.charCodeAt(0) + index);
