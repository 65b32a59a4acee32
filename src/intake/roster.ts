import { parse } from 'csv-parse/sync';

import { messageOf, UserError } from '../errors.ts';
import { readPlainFile } from '../files.ts';
import { fold } from './fold.ts';
import { readSource } from './source-text.ts';

const mostBytes = 2 ** 21; // of a roster: twenty thousand lines of a hundred letters
const mostPeople = 20_000;
const columns = ['id', 'name', 'email', 'group', 'login'] as const;
type Column = (typeof columns)[number];

/** One line of a roster. Only `id` must be there. */
export interface Person {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly group?: string;
  /** Of GitHub or another platform. */
  readonly login?: string;
}

/** Reads a roster: CSV with a line of names first, in any order; other columns are not looked at. Throws `UserError` with what to mend. */
export function readRoster(path: string): Person[] {
  const read = readPlainFile(path, { most: mostBytes });
  if ('refusal' in read) {
    if (read.refusal === 'absent') throw new UserError(`there is no roster ${path}`);
    throw new UserError(
      `${path} is no roster: it ${read.refusal === 'too-large' ? `is larger than ${mostBytes / 2 ** 20} MiB` : `cannot be read (${read.code ?? 'it is no plain file'})`}`,
    );
  }
  const source = readSource(read.bytes);
  if ('refused' in source) throw new UserError(`${path}: ${source.refused}`);
  return readPeople(source.text, path);
}

/** The same from text; `path` is named where it is wrong. */
export function readPeople(text: string, path: string): Person[] {
  const [head = [], ...rows] = readRows(text, path);
  const places = findColumns(head, path);
  const people = rows.map((row): Person => {
    const told = columns.flatMap((column) => {
      const place = places.get(column);
      const value = place === undefined ? '' : (row[place] ?? '').trim();
      return value === '' ? [] : [[column, value] as const];
    });
    return Object.fromEntries(told) as unknown as Person;
  });
  refuseIds(people, path);
  return people;
}

function readRows(text: string, path: string): string[][] {
  try {
    return parse(text, { delimiter: delimiterOf(text), skip_empty_lines: true, trim: true, to: mostPeople + 1, max_record_size: 10_000 });
  } catch (error) {
    throw new UserError(`${path} is no CSV: ${messageOf(error)}`, { cause: error });
  }
}

/** The one of comma, semicolon and tab that stands most often in the first line: a spreadsheet takes the one of its country. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split(/[\r\n]/, 1);
  const count = (mark: string) => line.split(mark).length;
  return [',', ';', '\t'].toSorted((one, other) => count(other) - count(one))[0] as string;
}

function findColumns(head: readonly string[], path: string): ReadonlyMap<Column, number> {
  const names = head.map((name) => name.trim().toLowerCase().replaceAll('-', ''));
  const twice = columns.find((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice !== undefined) throw new UserError(`${path} has two columns ${twice}; leave one of them`);
  if (!names.includes('id'))
    throw new UserError(`${path} has no column id; its first line must name the columns, such as id,name,email,group`);
  return new Map(columns.filter((column) => names.includes(column)).map((column) => [column, names.indexOf(column)]));
}

function refuseIds(people: readonly Person[], path: string): void {
  const seen = new Set<string>();
  for (const [index, { id }] of people.entries()) {
    if (id === undefined) throw new UserError(`${path}: person ${index + 1} has no id`);
    if (seen.has(id)) throw new UserError(`${path}: the id ${id} stands twice`);
    seen.add(id);
  }
  refuseLogins(people, path);
  if (people.length === 0) throw new UserError(`${path} names nobody; below the line of columns stands one line for each student`);
}

/** A login is chosen by the student: one that is the id or the login of another would make the work of both unclear. */
function refuseLogins(people: readonly Person[], path: string): void {
  const owners = new Map(people.map((person) => [fold(person.id), person]));
  for (const person of people) {
    const login = fold(person.login ?? '');
    if (login === '') continue;
    const owner = owners.get(login);
    if (owner !== undefined && owner !== person)
      throw new UserError(
        `${path}: the login ${person.login} of ${person.id} is the id or the login of ${owner.id} as well, so the work of both would be unclear; take the login out`,
      );
    owners.set(login, person);
  }
}
