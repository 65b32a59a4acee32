import { listNames } from '../intake/file-name.ts';
import type { Graded } from './queue.ts';
import type { Student } from './students.ts';

const mostNotes = 50; // of a kind; a class in which everybody hands in the same has one

/** What an instructor should know of a cohort besides its grades, in a sentence each. */
export function noteCohort(rows: readonly Graded[]): string[] {
  const same = group(rows, (row) =>
    'result' in row && row.result.exercises.some(({ files }) => files.length > 0) ? row.result.submission.sha256 : '',
  );
  const alike = group(rows, ({ student }) => looksOf(student.name));
  return [
    ...shorten(same.map((group) => `${nameAll(group)} handed in the same files.`)),
    ...shorten(alike.map((group) => `${nameAll(group)} have names that look the same.`)),
  ];
}

/** Rows that have the same key, where there are two or more of them. The empty key is none. */
function group(rows: readonly Graded[], keyOf: (row: Graded) => string): Graded[][] {
  const groups = new Map<string, Graded[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].filter((members) => members.length > 1);
}

/** Names that differ in case, in how an accent is composed, or in what cannot be seen look the same. */
function looksOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu, '')
    .trim();
}

const nameAll = (rows: readonly Graded[]) => listNames(rows.map(({ student }) => `“${student.name}” (${numberOf(student)})`));

/** The number of the student's folder, which tells apart what looks the same. */
const numberOf = ({ home }: Student) => /\d+/.exec(home)?.[0] ?? '';

function shorten(notes: readonly string[]): string[] {
  const more = notes.length - mostNotes;
  return more > 0 ? [...notes.slice(0, mostNotes), `There are ${more} more such groups.`] : [...notes];
}
