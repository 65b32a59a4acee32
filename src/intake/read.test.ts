import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { makeTar, makeTgz, makeZip } from '../../test/support/archives.ts';
import { makeExercise } from '../../test/support/exercise.ts';
import { describeIsolation } from '../box/isolation.ts';
import { NothingToGrade } from './nothing-to-grade.ts';
import { readSubmission } from './read.ts';
import type { Submission } from './submission.ts';

const exercises = [makeExercise(), makeExercise({ id: '08-halving', files: ['halving.ts', 'cell.ts'] })];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-intake-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, data: string | Buffer = 'export {};'): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, data);
  return full;
}
const read = async (path = folder): Promise<Submission> =>
  readSubmission({ path, name: 'ada' }, exercises, (await describeIsolation()).level);
const solution = '07-doubling/doubling.ts';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** Of the one file, wherever it lies. */
const digest = sha256(JSON.stringify([[{ path: `exercises/${solution}`, sha256: sha256('export {};') }]]));
const work = [{ name: `exercises/${solution}`, data: 'export {};' }];

describe('where a submission is found', () => {
  test.for<[string, string, string[]]>([
    ['in exercises/', `exercises/${solution}`, []],
    ['in folders of exercises', solution, []],
    ['one folder deeper', `unroll-main/exercises/${solution}`, ['taken from unroll-main/exercises']],
    ['three folders deeper', `a/b/c/${solution}`, ['taken from a/b/c']],
  ])('%s, and the same work has the same digest', async ([, path, notes]) => {
    put(path);
    const submission = await read();
    expect(submission).toMatchObject({ name: 'ada', notes });
    expect(Object.keys(submission.modules)).toEqual(['07-doubling']);
    expect(submission.sha256).toBe(digest);
  });

  test('a checkout of the course is one submission, though solutions lie in it too', async () => {
    for (const path of ['exercises', 'solutions', 'test/honest/x/exercises']) put(`unroll/${path}/${solution}`, path);
    expect((await read()).modules['07-doubling']?.files).toEqual({ 'doubling.ts': 'exercises' });
  });

  test('an exercise that is not asked for is known by the file in it', async () => {
    put('exercises/03-other/other.ts');
    expect(await read()).toMatchObject({ modules: {}, notes: [expect.stringContaining('03-other')] });
    rmSync(join(folder, 'exercises'), { recursive: true });
    put('03-other/notes.txt');
    await expect(read()).rejects.toThrow(/^it holds no exercises\//);
  });
});

describe('archives', () => {
  const archives: [string, Buffer][] = [
    ['work.zip', makeZip(work)],
    ['work.tar', makeTar(work)],
    ['work.tar.gz', makeTgz(work)],
    ['work.tgz', makeTgz(work)],
  ];
  test.for(archives)('%s is read in the place of a folder and in a folder, and the digest stays', async ([name, bytes]) => {
    const path = put(`in/${name}`, bytes);
    for (const place of [path, folder]) {
      const { sha256, modules, notes } = await read(place);
      expect({ sha256, modules }).toEqual({
        sha256: digest,
        modules: { '07-doubling': { key: '07-doubling', entry: 'doubling.ts', files: { 'doubling.ts': 'export {};' } } },
      });
      expect(notes).toEqual(place === path ? [`taken from ${name}/exercises`] : [`taken from in/${name}/exercises`]);
    }
  });

  test('what was refused in one is noted, and the rest is graded', async () => {
    const parts = [
      ...work,

      { name: '../../x' },
      { name: 'exercises/08-halving/halving.ts', data: '/etc/passwd', mode: 0o120777 },
    ];
    const { modules, notes } = await read(put('work.zip', makeZip(parts)));
    expect(Object.keys(modules)).toEqual(['07-doubling']);
    expect(notes).toEqual([
      'taken from work.zip/exercises',
      'exercises/08-halving/halving.ts was not taken: it is not a plain file',
      'work.zip: ../../x: its name leads out of the archive',
    ]);
  });

  test('an archive that cannot be read costs nothing where the work lies beside it', async () => {
    put(`work/${solution}`);
    put('old.zip', 'no zip');
    put('more.rar', 'rar');
    expect(await read()).toMatchObject({
      modules: { '07-doubling': {} },
      notes: [
        'taken from work',
        'more.rar is an archive of a kind that is not read; pack it as zip or tar.gz',
        'old.zip is neither a zip nor a tar.gz; pack it as one of them',
      ],
    });
  });
});

describe('no points, which is not zero', () => {
  const packed = makeZip(work);
  test.for<[string, () => void, NothingToGrade['kind'], RegExp]>([
    ['nothing', () => undefined, 'nothing-found', /^it is empty$/],
    ['other work', () => put('essay.pdf'), 'nothing-found', /^it holds no exercises\//],
    [
      'two folders',
      () => (put(`a/${solution}`), put(`b/exercises/${solution}`)),
      'unreadable',
      /exercises are in a, b\/exercises; leave one/,
    ],
    [
      'both forms at once',
      () => (put(`exercises/${solution}`), put(solution)),
      'unreadable',
      /exercises are in exercises, the top folder; leave one/,
    ],
    [
      'two archives',
      () => (put('a.zip', packed), put('b.zip', packed)),
      'unreadable',
      /exercises are in a\.zip\/exercises, b\.zip\/exercises; leave one/,
    ],
    [
      'a folder and an archive',
      () => (put(`a/${solution}`), put('b.zip', packed)),
      'unreadable',
      /exercises are in a, b\.zip\/exercises; leave one/,
    ],
    ['a damaged archive', () => put('a.zip', packed.subarray(0, 50)), 'unreadable', /a\.zip is no whole zip \(.*pack it again$/],
    [
      'an archive in an archive',
      () => put('a.zip', makeZip([{ name: 'inner.zip', data: packed }])),
      'unreadable',
      /a\.zip: inner\.zip is an archive within an archive/,
    ],
    [
      'names with backslashes alone',
      () => put('a.zip', makeZip([{ name: 'exercises\\07-doubling\\doubling.ts' }])),
      'unreadable',
      /backslash; pack it with another program/,
    ],
    ['an archive of another kind', () => put('a.7z'), 'unreadable', /a\.7z is an archive of a kind that is not read/],
    ['a link', () => symlinkSync('/etc', join(folder, 'work')), 'unreadable', /work is a link, which is not followed/],
    [
      'a giant archive',
      () => put('a.zip', Buffer.alloc(16 * 2 ** 20 + 1)),
      'unreadable',
      /a\.zip was not opened: it is larger than 16 MiB/,
    ],
    [
      'five archives',
      () => {
        for (const name of '12345') put(`${name}.zip`, makeZip([]));
      },
      'unreadable',
      /5 archives, of which 4 were opened/,
    ],
    ['folders too deep', () => mkdirSync(join(folder, 'd/'.repeat(12)), { recursive: true }), 'unreadable', /folders more than 8 deep/],
  ])('%s', async ([, make, kind, words]) => {
    make();
    const reading = read();
    await expect(reading).rejects.toThrow(NothingToGrade);
    await expect(reading).rejects.toMatchObject({ kind });
    await expect(reading).rejects.toThrow(words);
  });

  test('a file that is no archive is a mistake of whoever names it', async () => {
    await expect(read(put('essay.pdf'))).rejects.toThrow(/essay\.pdf is neither a folder nor a zip or tar\.gz/);
  });
});
