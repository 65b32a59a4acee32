import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { UserError } from '../errors.ts';
import { readPeople, readRoster } from './roster.ts';

test.for<[string, string]>([
  ['commas', 'id,name,email,group\ns1,"Hill, Hal",hal@x.org,A\n'],
  [
    'semicolons, in another order, as a spreadsheet of another country writes them',
    'Group;E-Mail;NAME;ID\r\nA;hal@x.org;"Hill, Hal";s1\r\n',
  ],
  ['tabs', 'id\tname\temail\tgroup\ns1\tHill, Hal\thal@x.org\tA'],
  ['columns that are not asked for, blanks and empty lines', 'id, seat, name , email,group\n\n s1 ,12,"Hill, Hal", hal@x.org ,A\n\n'],
])('a roster with %s', ([, text]) => {
  expect(readPeople(text, 'r.csv')).toEqual([{ id: 's1', name: 'Hill, Hal', email: 'hal@x.org', group: 'A' }]);
});

test('what is empty is absent, and names of objects are only names', () => {
  expect(readPeople('id,name,__proto__\n__proto__,,x\nconstructor,Bo,y\n', 'r.csv')).toEqual([
    { id: '__proto__' },
    { id: 'constructor', name: 'Bo' },
  ]);
});

test.for<[string, string, RegExp]>([
  ['no column id', 'name,email\nHal,x\n', /r\.csv has no column id; its first line must name the columns/],
  ['two columns of a name', 'id,name,Name\n1,a,b\n', /two columns name/],
  ['a person without an id', 'id,name\n,Hal\n', /person 1 has no id/],
  ['an id that stands twice', 'id\ns1\ns1\n', /the id s1 stands twice/],
  [
    "a login that is another's id",
    'id,login\ns1,hal\ns2,S-1\n',
    /the login S-1 of s2 is the id or the login of s1 as well, .*; take the login out/,
  ],
  ["a login that is another's", 'id,login\ns1,hal\ns2,hal\n', /the login hal of s2 is the id or the login of s1 as well/],
  ['nobody', 'id,name\n', /names nobody/],
  ['nothing', '', /has no column id/],
  ['a line of another length', 'id,name\ns1\n', /is no CSV: .*line 2/],
  ['a quote without end', 'id,name\ns1,"Hal\n', /is no CSV/],
])('%s is told in one sentence', ([, text, words]) => {
  expect(() => readPeople(text, 'r.csv')).toThrow(UserError);
  expect(() => readPeople(text, 'r.csv')).toThrow(words);
});

test("a login may be its owner's id, and marks alone are nobody's", () => {
  expect(readPeople('id,login\ns1,s1\ns2,---\ns3,--\n', 'r.csv')).toHaveLength(3);
});

test('a file that is none, or none of text', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-roster-'));
  const path = join(folder, 'r.csv');
  expect(() => readRoster(path)).toThrow(/there is no roster/);
  writeFileSync(path, Buffer.from('\ufeffid\n', 'utf16le'));
  expect(() => readRoster(path)).toThrow(/UTF-16/);
  writeFileSync(path, Buffer.alloc(2 ** 21 + 1, 'x'));
  expect(() => readRoster(path)).toThrow(/larger than 2 MiB/);
  expect(() => readRoster(folder)).toThrow(/cannot be read/);
  rmSync(folder, { recursive: true });
});
