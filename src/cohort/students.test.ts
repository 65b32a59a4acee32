import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { asNobody } from '../../test/support/nobody.ts';
import { UserError } from '../errors.ts';
import { pathIn } from '../intake/held-folder.ts';
import { readCohort } from './students.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-cohort-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const odd = [
  ...['gradebook.json', 'cohort.html', 'index.html', 'C:\\x', 'b\\..\\x', '...', '..x', '\u001b[2J', 'a\nb', '\u202Egpj', '__proto__'],
  ...['é'.repeat(127), 'Zo\u00eb', 'zoe\u0308', 'ZOË', '王小明', '-rf', ' ', 'con', '$(reboot)', '::error::x', '<script>'],
];
const bytes = Buffer.from([0x61, 0xff]);

test('a cohort is one folder a student, in an order that is the same on every machine, and has a numbered place for each', () => {
  for (const name of ['zoe', 'Ada', 'émile', 'bo', '10', '9']) mkdirSync(join(folder, name));
  const { students, notes } = readCohort(folder);
  expect(students.map(({ name }) => name)).toEqual(['10', '9', 'Ada', 'bo', 'zoe', 'émile']);
  expect(students[2]).toEqual({ name: 'Ada', handedIn: 'Ada', folder: Buffer.from(join(folder, 'Ada')), home: 'students/003-ada' });
  expect(students[5]?.home).toBe('students/006-emile');
  expect(notes).toEqual([]);
});

test('whatever a student is called, the place is a number and plain letters, and each has its own', () => {
  for (const name of odd) mkdirSync(join(folder, name));
  mkdirSync(pathIn(Buffer.from(folder), bytes));
  const { students } = readCohort(folder);
  const visible = odd.filter((name) => !name.startsWith('.'));
  expect(students.map(({ name }) => name).toSorted()).toEqual([...visible, 'a[0xFF]'].toSorted());
  for (const { home } of students) expect(home).toMatch(/^students\/\d{3}(-[a-z0-9]+)*$/);
  expect(new Set(students.map(({ home }) => home)).size).toBe(students.length);
  for (const { folder: path } of students) expect(statSync(path).isDirectory()).toBe(true);
});

test('a link has a row of its own that says what to do; files and hidden folders are no students, and are noted', () => {
  mkdirSync(join(folder, 'ada'));
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, '.DS_Store'), '');
  writeFileSync(join(folder, 'notes.txt'), '');
  symlinkSync(join(folder, 'ada'), join(folder, 'bo'));
  const { students, notes } = readCohort(folder);
  expect(students.map(({ name, refused }) => [name, refused])).toEqual([
    ['ada', undefined],
    ['bo', 'the folder is a link, which is not followed; put the folder itself in its place'],
  ]);
  expect(notes).toEqual(['Not graded, because no submission or hidden: .git, notes.txt.']);
});

test('a folder that may not be listed is the user’s to mend', () => {
  mkdirSync(join(folder, 'ada'));
  mkdirSync(join(folder, 'closed'), { mode: 0o000 });
  expect(() => asNobody(folder, () => readCohort(join(folder, 'closed')))).toThrow(/closed cannot be read \(EACCES\)/);
  expect(asNobody(folder, () => readCohort(folder)).students).toHaveLength(2); // one of them ends as its own row
});

test.for<[string, (folder: string) => string, RegExp]>([
  ['an empty folder', (path) => path, /holds no submissions/],
  ['a folder that is not there', (path) => join(path, 'nowhere'), /there is no folder .*nowhere/],
  ['a file', () => import.meta.filename, /there is no folder/],
])('%s is the user’s to mend', ([, at, words]) => {
  expect(() => readCohort(at(folder))).toThrow(UserError);
  expect(() => readCohort(at(folder))).toThrow(words);
});

describe('archives and downloads', () => {
  const put = (...names: readonly string[]) => {
    for (const name of names) writeFileSync(join(folder, name), '');
  };
  const make = (...names: readonly string[]) => {
    for (const name of names) mkdirSync(join(folder, name), { recursive: true });
  };

  test('an archive is a student of its name, and what is neither is noted', () => {
    make('ada');
    put('bo.zip', 'cy.TAR.GZ', 'notes.txt', '.hidden.zip');
    const { students, told, notes } = readCohort(folder);
    expect(students.map(({ name, handedIn }) => [name, handedIn])).toEqual([
      ['ada', 'ada'],
      ['bo', 'bo.zip'],
      ['cy', 'cy.TAR.GZ'],
    ]);
    expect(told).toBe('read as a folder or archive for each student: 3 submissions');
    expect(notes).toEqual(['Not graded, because no submission or hidden: notes.txt.']);
  });

  test('a folder and an archive of one name are refused, and both are named', () => {
    make('ada');
    put('ada.zip');
    expect(readCohort(folder).students).toMatchObject([
      { name: 'ada', refusedAs: 'unreadable', refused: 'it is not clear what was handed in: there are ada, ada.zip; leave one of them' },
    ]);
  });

  test('platforms are told by their names, also beside each other; typed text is no second submission', () => {
    make('Hal Hill_10009_assignsubmission_file_', 'Hal Hill_10009_assignsubmission_onlinetext_', 'ada');
    put('hillhal_LATE_123_456_work.zip', 'itoina_124_457_essay.pdf');
    const { students, told } = readCohort(folder);
    expect(told).toBe(
      'read as a Moodle download: 1 submission; as a Canvas download: 2 submissions; as a folder or archive for each student: 1 submission',
    );
    expect(students.map(({ name, id, late, refused }) => [name, id, late, refused])).toEqual([
      ['Hal Hill', '10009', undefined, undefined],
      ['ada', undefined, undefined, undefined],
      ['hillhal', '123', true, undefined],
      [
        'itoina',
        '124',
        undefined,
        'itoina_124_457_essay.pdf: neither a folder nor a zip or tar.gz; ask for the folder that holds exercises/',
      ],
    ]);
  });

  test('clones are known by their repositories, or because they are said to be clones', () => {
    make('unroll-ada/.git', 'unroll-bo-b/.git');
    expect(readCohort(folder).students.map(({ name, id }) => [name, id])).toEqual([
      ['ada', 'ada'],
      ['bo-b', 'bo-b'],
    ]);
    rmSync(join(folder, 'unroll-ada/.git'), { recursive: true });
    expect(readCohort(folder).students.map(({ name }) => name)).toEqual(['unroll-ada', 'unroll-bo-b']);
    expect(readCohort(folder, { layout: 'github' }).students.map(({ name }) => name)).toEqual(['ada', 'bo-b']);
  });

  test('a layout that was named reads nothing else, and says what it left', () => {
    make('ada', 'Hal_1_assignsubmission_file');
    const { students, notes } = readCohort(folder, { layout: 'moodle' });
    expect(students.map(({ name }) => name)).toEqual(['Hal']);
    expect(notes).toEqual(['Not graded, because no submission or hidden: ada.']);
    expect(() => readCohort(folder, { layout: 'canvas' })).toThrow(/no submissions of the layout canvas/);
  });
});

describe('a roster', () => {
  const roster = [
    { id: 's1', name: 'Ada Byron', email: 'ab@x.org', group: 'A' },
    { id: 's2', name: 'Bo' },
    { id: 's3', name: 'Zoë Ek' },
    { id: 's4', name: 'Zoe Ek' },
  ];

  test('gives names, ids and groups, has a row for who is missing, and names who is unknown', () => {
    for (const name of ['ab@x.org', 'stranger']) mkdirSync(join(folder, name));
    const { students, notes } = readCohort(folder, { roster: roster.slice(0, 2) });
    expect(students.map(({ name, id, group, handedIn, refusedAs }) => [name, id, group, handedIn, refusedAs])).toEqual([
      ['Ada Byron', 's1', 'A', 'ab@x.org', undefined],
      ['Bo', 's2', undefined, undefined, 'not-handed-in'],
      ['stranger', undefined, undefined, 'stranger', undefined],
    ]);
    expect(students.map(({ home }) => home)).toEqual(['students/001-ada-byron', 'students/002-bo', 'students/003-stranger']);
    expect(notes).toEqual(['Handed in, and not on the roster: stranger.', 'On the roster, and nothing handed in: Bo.']);
  });

  test('does not guess: where two people or two submissions fit, none is graded', () => {
    for (const name of ['zoeek', 's1', 'Ada Byron']) mkdirSync(join(folder, name));
    expect(readCohort(folder, { roster }).students.map(({ handedIn, refused }) => [handedIn, refused])).toEqual([
      ['Ada Byron', 'the roster has one person for Ada Byron, s1; leave one of them'],
      ['s1', 'the roster has one person for s1, Ada Byron; leave one of them'],
      [undefined, 'nothing was handed in'],
      ['zoeek', 'it may be Zoë Ek (s3), Zoe Ek (s4) of the roster; name it by the id'],
    ]);
  });
});
