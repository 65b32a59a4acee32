import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { kitRoot } from '../../src/course/places.ts';
import { gradebookSchema, type Gradebook } from '../../src/result/result.ts';
import { makeTgz, makeZip } from '../support/archives.ts';
import { onWasm, unroll } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-intake-'));
afterAll(() => rmSync(folder, { recursive: true }));

const exercise = '01-elman-step';
const solution = join(kitRoot, 'solutions', exercise);
const parts = (prefix: string) =>
  readdirSync(solution).map((name) => ({ name: `${prefix}${exercise}/${name}`, data: readFileSync(join(solution, name)) }));
const inClass = (...names: readonly string[]) => {
  const path = join(folder, 'class', ...names);
  mkdirSync(join(path, '..'), { recursive: true });
  return path;
};
const copyTo = (...names: readonly string[]) => cpSync(solution, inClass(...names, exercise), { recursive: true });
const grade = (...words: readonly string[]) =>
  unroll(
    'cohort',
    'grade',
    join(folder, 'class'),
    '--trust-submissions',
    '--only',
    '01',
    ...onWasm,
    '--out',
    join(folder, 'book'),
    ...words,
  );

/** The forms in which instructors have their classes, mixed: each honest one holds the same work. */
function makeClass(): void {
  copyTo('Hal Hill_10009_assignsubmission_file_', 'unroll-main', 'exercises'); // Moodle, and GitHub's own zip unpacked
  writeFileSync(inClass('Ina Ito_10010_assignsubmission_file_', 'work.zip'), makeZip(parts('unroll-main/exercises/')));
  mkdirSync(inClass('Ina Ito_10010_assignsubmission_onlinetext_'));
  writeFileSync(inClass('jonesjo_LATE_123_456_work.tar.gz'), makeTgz(parts('')));
  writeFileSync(inClass('kim.zip'), makeZip(parts('exercises/')));
  for (const login of ['leo-l', 'mia']) {
    copyTo(`unroll-${login}`, 'exercises');
    mkdirSync(inClass(`unroll-${login}`, '.git'));
  }
  copyTo('s8');
  mkdirSync(inClass('ned'));
  copyTo('oda', 'old');
  copyTo('oda', 'new');
  writeFileSync(inClass('pia.zip'), 'no zip');
  writeFileSync(inClass('notes.txt'), '');
  writeFileSync(join(folder, 'roster.csv'), `\ufeff${roster.join('\r\n')}\r\n`); // as a spreadsheet writes it
}

const roster = [
  'Email;Name;ID;Group;Login',
  'hal@x.org;"Hill; Hal";s1;A;',
  ';Ína Ito;s2;A;',
  ';Jo Jones;s3;B;',
  'kim@x.org;Kim Ko;s4;B;',
  ';Leo;s5;B;leo-l',
  ';Mia;s6;B;mia',
  ';Ned;s7;B;',
  ';Xi;s8;B;',
  ';Zed;s9;B;',
];

test(
  'a class in every form is graded, what was not found has no points, and the roster tells who is who',
  { timeout: 180_000 },
  async () => {
    makeClass();
    const { code, stderr } = await grade('--roster', join(folder, 'roster.csv'));
    expect(stderr).toContain(
      'read as a Moodle download: 2 submissions; as a Canvas download: 1 submission; as clones of GitHub Classroom: 2 submissions; as a folder or archive for each student: 5 submissions',
    );
    expect(stderr).toContain('4 of 11 have no points, which is not zero: 2 unreadable, 1 with nothing found, 1 with nothing handed in.');
    expect(code).toBe(1); // somebody must look at three of them
    const { students, notes } = gradebookSchema.parse(JSON.parse(readFileSync(join(folder, 'book', 'gradebook.json'), 'utf8')));
    expect(students.map((student) => [student.name, student.id, student.group, student.late, endOf(student)])).toEqual([
      ['Hill; Hal', 's1', 'A', undefined, 13],
      ['Jo Jones', 's3', 'B', true, 13],
      ['Kim Ko', 's4', 'B', undefined, 13],
      ['Leo', 's5', 'B', undefined, 13],
      ['Mia', 's6', 'B', undefined, 13],
      ['Ned', 's7', 'B', undefined, 'nothing-found'],
      ['Xi', 's8', 'B', undefined, 13],
      ['Zed', 's9', 'B', undefined, 'not-handed-in'],
      ['oda', undefined, undefined, undefined, 'unreadable'],
      ['pia', undefined, undefined, undefined, 'unreadable'],
      ['Ína Ito', 's2', 'A', undefined, 13],
    ]);
    const digests = students.flatMap(({ outcome }) => (outcome.status === 'graded' ? [outcome.result.submission.sha256] : []));
    expect(new Set(digests).size).toBe(1); // the same work, whatever it came in
    expect(notes).toEqual(
      expect.arrayContaining([
        'Not graded, because no submission or hidden: notes.txt.',
        'Handed in, and not on the roster: oda, pia.',
        'On the roster, and nothing handed in: Zed.',
      ]),
    );
    const page = readFileSync(join(folder, 'book', 'cohort.html'), 'utf8');
    expect(page.indexOf('Without points')).toBeLessThan(page.indexOf('<h2>Scores</h2>'));
    expect(page).toContain('exercises are in new, old; leave one of them');
    expect(page).toContain('<strong>2 students</strong> without points: unreadable');
  },
);

const endOf = ({ outcome }: Gradebook['students'][number]) => (outcome.status === 'graded' ? outcome.points.earned : outcome.kind);

test('a roster or layout that does not fit is told in one sentence', async () => {
  mkdirSync(inClass('ned'), { recursive: true });
  writeFileSync(join(folder, 'bad.csv'), 'name,email\nNed,x\n');
  expect(await grade('--roster', join(folder, 'bad.csv'))).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^.*bad\.csv has no column id/),
  });
  expect(await grade('--layout', 'blackboard')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('moodle, canvas, github, folders'),
  });
});

test('grade takes an archive, and says why where there is nothing to grade', async () => {
  const zip = join(folder, 'own.zip');
  writeFileSync(zip, makeZip(parts('exercises/')));
  expect(await unroll('grade', zip, '--only', '01', ...onWasm)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('own.zip: 13 of 13'),
  });
  writeFileSync(zip, 'no zip');
  expect(await unroll('grade', zip, '--only', '01', ...onWasm)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('pack it as one of them'),
  });
});
