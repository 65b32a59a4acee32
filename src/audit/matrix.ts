import { renderTable } from '../terminal/table.ts';
import type { Audit } from './audit.ts';
import type { Attack } from './attack.ts';
import type { Row } from './trial.ts';

const stateWords: Record<Row['state'], string> = {
  'as-expected': 'ok',
  unexpected: 'NOT AS EXPECTED',
  'not-measured': 'not measured',
  'not-defended': 'not defended at this level',
};

export const describeState = (state: Row['state']): string => stateWords[state];

/** The matrix as text: one line an attack, what is not as expected below it, and the sum of it all last. */
export function renderAudit({ rows, left, level, levelReason, device, durationMs }: Audit, columns?: number): string {
  const table = renderTable(
    ['Class', 'Attack', 'Expected', 'Seen', 'Judge', ''],
    rows.map((row) => [row.class, row.id.slice(row.class.length + 1), row.expected, row.ended, describeGrowth(row), stateWords[row.state]]),
    columns === undefined ? {} : { fit: { width: columns, shrink: 3 } },
  );
  const troubles = rows.flatMap(({ id, what, problems, notMeasured }) => [
    ...(problems.length === 0 ? [] : [`${id}: ${what}`, ...problems.map((problem) => `  ${showInert(problem)}`)]),
    ...(notMeasured === undefined ? [] : [`${id}: not measured, ${showInert(notMeasured)}`]),
  ]);
  return [
    ...table,
    '',
    ...(troubles.length === 0 ? [] : [...troubles, '']),
    ...left.map((what) => `left behind: ${showInert(what)}`),
    `Level ${level}: ${levelReason}. Device ${device}.`,
    summarise(rows, left, durationMs),
  ].join('\n');
}

function summarise(rows: readonly Row[], left: readonly string[], durationMs: number): string {
  const count = (state: Row['state']) => rows.filter((row) => row.state === state).length;
  const others = (['not-measured', 'not-defended'] as const)
    .filter((state) => count(state) > 0)
    .map((state) => `${count(state)} ${stateWords[state]}`);
  const most = Math.max(0, ...rows.map(({ growth }) => growth?.memoryBytes ?? 0));
  return [
    `${count('as-expected')} of ${rows.length} attacks ended as expected, ${count('unexpected')} did not`,
    ...others,
    left.length === 0 ? 'nothing is left behind' : `${left.length} left behind`,
    `the judge grew by ${Math.round(most / 2 ** 20)} MiB at most`,
    `${(durationMs / 1000).toFixed(0)} s`,
  ].join('; ');
}

const describeGrowth = ({ growth }: Row) =>
  growth === undefined
    ? ''
    : `+${Math.round(growth.memoryBytes / 2 ** 20)} MiB${growth.diskBytes < 2 ** 20 ? '' : `, disk +${Math.round(growth.diskBytes / 2 ** 20)} MiB`}`;

/** Problems quote what attackers wrote. */
const showInert = (text: string) => text.replaceAll(/[\0-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu, '?');

/** The corpus as a list. */
export function renderCorpus(attacks: readonly Attack[]): string {
  return attacks.map(({ id, what, rows }) => `${id}: ${what}${rows.length === 0 ? '' : ` (${rows.join(', ')})`}`).join('\n');
}

/** 1 where an attack did not end as it must or something is left. */
export const hasHeld = ({ rows, left }: Audit) => left.length === 0 && rows.every(({ state }) => state !== 'unexpected');
