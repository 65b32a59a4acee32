import { posix } from 'node:path';

import { isHomeOf } from '../result/home.ts';
import { isRecord, nameOf, resultIn, type RawRecord } from './parts.ts';
import type { Condition, RecordKind, Sealer } from './seal.ts';

/** One `result.json` or `gradebook.json` as text, with its path below the folder that is verified, parts joined by `/`. */
export interface RecordFile {
  readonly path: string;
  readonly text: string;
}

export interface Finding {
  readonly file: string;
  readonly problem: 'altered' | 'unsealed' | 'other-secret' | 'no-result' | 'swapped' | 'missing' | 'unlisted' | 'copied' | 'misnamed';
  /** What was altered, added or removed. */
  readonly fields: readonly string[];
  /** Goes on after the file's name. */
  readonly sentence: string;
}

/** A file whose text could be read as a record. */
interface ReadFile extends RecordFile {
  readonly kind: RecordKind;
  readonly record: RawRecord;
}

/** Everything that is not sealed and whole among some records. The text is looked at as it is: nothing is upgraded or mended before. */
export function verifyRecords(files: readonly RecordFile[], sealer: Sealer): Finding[] {
  const read = files.map(readRecord);
  const known = read.filter((file): file is ReadFile => 'record' in file);
  const books = known.filter(({ kind }) => kind === 'gradebook');
  return [
    ...read.filter((file): file is Finding => 'problem' in file),
    ...known.flatMap((file) => verifyRecord(file, sealer)),
    ...books.flatMap((book) => verifyPlaces(book, known)),
    ...verifyWithoutBook(known),
  ].toSorted((one, other) => (one.file < other.file ? -1 : 1));
}

function readRecord({ path, text }: RecordFile): ReadFile | Finding {
  const kind = posix.basename(path) === 'gradebook.json' ? 'gradebook' : 'result';
  const refuse = (why: string): Finding => ({ file: path, problem: 'no-result', fields: [], sentence: `is no ${kind}: ${why}` });
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return refuse('it is not JSON');
  }
  const schema = isRecord(record) ? record['schema'] : undefined;
  const ours = typeof schema === 'string' && schema.startsWith(`unroll/${kind}/`);
  if (!isRecord(record) || !(ours || isRecord(record['seal']))) return refuse(`its schema is not unroll/${kind}`);
  return { path, text, kind, record };
}

function verifyRecord({ path, text, kind, record }: ReadFile, sealer: Sealer): Finding[] {
  const own = findingOf(path, sealer.inspect(kind, record), isPlainly(text, record) ? [] : [otherText]);
  return [...own, ...rowsOf(record).flatMap((row) => verifyRow(path, row, sealer))];
}

/** The result inside a student's row, which has a seal of its own. */
function verifyRow(path: string, row: RawRecord, sealer: Sealer): Finding[] {
  const result = resultIn(row);
  if (!isRecord(result)) return [];
  return findingOf(path, sealer.inspect('result', result), [], nameOf(row, 'folder'));
}

const otherText = 'text'; // a key that stands twice: one reader takes the first, another the last

/** Whether the text says what was read of it and nothing besides; blanks between words are nobody's secret. */
function isPlainly(text: string, record: RawRecord): boolean {
  try {
    return text.replaceAll(/"(?:[^"\\]+|\\.)*"|\s+/g, (word) => (word.startsWith('"') ? word : '')) === JSON.stringify(record);
  } catch {
    return false; // brackets thousands deep: the kit writes none
  }
}

/** `student` says in whose row of a gradebook the result stands. */
function findingOf(file: string, condition: Condition, besides: readonly string[] = [], student?: string): Finding[] {
  const where = student === undefined ? '' : `the result of student ${student} `;
  const within = (names: readonly string[]) => (student === undefined ? names : names.map((name) => `student ${student}: ${name}`));
  if (condition.status === 'unsealed') return [{ file, problem: 'unsealed', fields: [], sentence: `${where}has no seal` }];
  if (condition.status === 'other-secret')
    return [{ file, problem: 'other-secret', fields: [], sentence: `${where}was sealed under another secret` }];
  const { altered, added, removed } = condition.status === 'whole' ? unchanged : condition;
  const changes = [sayChange([...altered, ...besides], 'altered'), sayChange(added, 'added'), sayChange(removed, 'removed')];
  const said = changes.filter((change) => change !== '').join('; ');
  if (said === '') return [];
  const fields = within([...altered, ...besides, ...added, ...removed]);
  return [{ file, problem: 'altered', fields, sentence: student === undefined ? said : `in the result of student ${student} ${said}` }];
}

const unchanged = { altered: [], added: [], removed: [] };

/** `points and exercise 10-causal-attention were altered`. */
function sayChange(names: readonly string[], verb: string): string {
  if (names.length === 0) return '';
  const last = names.at(-1);
  return names.length === 1 ? `${last} was ${verb}` : `${names.slice(0, -1).join(', ')} and ${last} were ${verb}`;
}

/** Whether each student's folder holds the result that the gradebook has of it. */
function verifyPlaces(book: ReadFile, known: readonly ReadFile[]): Finding[] {
  const root = posix.dirname(book.path);
  const rows = rowsOf(book.record).filter((row) => isRecord(resultIn(row)));
  const places = new Map(rows.map((row) => [posix.join(root, nameOf(row, 'folder'), 'result.json'), row] as const));
  const results = known.filter(({ kind, path }) => kind === 'result' && (root === '.' || path.startsWith(`${root}/`)));
  const missing = [...places].filter(([path]) => !known.some((file) => file.path === path));
  return [
    ...missing.map(([path]) => placeFinding(path, 'missing', `is missing; ${book.path} has a result of it`)),
    ...results.flatMap((file) => misplaced(file, book.path, places)),
  ];
}

/** What can be told of the results that no gradebook lists: each should stand once, in the folder of its student, and beside `students/` there should be a gradebook. */
function verifyWithoutBook(known: readonly ReadFile[]): Finding[] {
  const roots = known.filter(({ kind }) => kind === 'gradebook').map(({ path }) => posix.dirname(path));
  const alone = known.filter(({ kind, path }) => kind === 'result' && !roots.some((root) => root === '.' || path.startsWith(`${root}/`)));
  const without = new Set(alone.flatMap(({ path }) => rootOf(path) ?? []));
  return [
    ...[...without].map((root) =>
      placeFinding(
        posix.join(root, 'gradebook.json'),
        'missing',
        `is missing beside ${posix.join(root, studentsName)}/: without it a result that was taken away or put in the place of another is not always found`,
      ),
    ),
    ...alone.flatMap((file) => [...copied(file, known), ...misnamed(file)]),
  ];
}

const studentsName = 'students';

/** The folder of a cohort whose student's result this is, by the form of its path. */
function rootOf(path: string): string | undefined {
  const students = posix.dirname(posix.dirname(path));
  return posix.basename(students) === studentsName ? posix.dirname(students) : undefined;
}

function copied({ path, record }: ReadFile, known: readonly ReadFile[]): Finding[] {
  const id = sealId(record);
  const twin = known.find((other) => other.path !== path && other.kind === 'result' && id !== undefined && sealId(other.record) === id);
  return twin === undefined ? [] : [placeFinding(path, 'copied', `is the same result as ${twin.path}, and one of them is a copy`)];
}

function misnamed({ path, record }: ReadFile): Finding[] {
  const folder = posix.basename(posix.dirname(path));
  const name = nameOf(record['submission'], 'name');
  if (rootOf(path) === undefined || isHomeOf(folder, name)) return [];
  return [placeFinding(path, 'misnamed', `is the result of ${JSON.stringify(name)}, which is not the student of this folder`)];
}

function misplaced({ path, record }: ReadFile, book: string, places: ReadonlyMap<string, RawRecord>): Finding[] {
  const row = places.get(path);
  if (row === undefined) return [placeFinding(path, 'unlisted', `is in no row of ${book}`)];
  const id = sealId(record);
  if (id === undefined || id === sealId(resultIn(row))) return [];
  const owner = [...places].find(([, other]) => sealId(resultIn(other)) === id);
  const whose = owner === undefined ? `is not the result that ${book} has of it` : `is the result of ${posix.dirname(owner[0])}`;
  return [placeFinding(path, 'swapped', whose)];
}

const placeFinding = (file: string, problem: Finding['problem'], sentence: string): Finding => ({ file, problem, fields: [], sentence });

function sealId(record: unknown): unknown {
  return isRecord(record) && isRecord(record['seal']) ? record['seal']['id'] : undefined;
}

function rowsOf({ students }: RawRecord): RawRecord[] {
  return Array.isArray(students) ? students.filter(isRecord) : [];
}
