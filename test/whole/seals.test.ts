import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { readGrading } from '../../src/cli/grading.ts';
import { readCourse } from '../../src/course/course.ts';
import { kitRoot } from '../../src/course/places.ts';
import { gradebookSchema, type CheckResult, type Gradebook, type Result } from '../../src/result/result.ts';
import { deriveEpochKey, drawEpoch, writeEpochKey } from '../../src/seal/epoch.ts';
import { Secret } from '../../src/seal/secret.ts';
import { unroll, type Run } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-seals-'));
afterAll(() => rmSync(folder, { recursive: true }));
const inFolder = (...names: readonly string[]) => join(folder, ...names);
const secret = inFolder('secret');
const epoch = '2026-w48';

const gradeUnder = (name: string, out: string) =>
  unroll(
    ...[
      'cohort',
      'grade',
      '--trust-submissions',
      inFolder('class'),
      '--only',
      '02',
      '--device',
      'wasm',
      '--secret',
      secret,
      '--epoch',
      name,
      '--out',
      inFolder(out),
    ],
  );
const readBook = (out: string) => gradebookSchema.parse(JSON.parse(readFileSync(inFolder(out, 'gradebook.json'), 'utf8')));
const resultsOf = ({ students }: Gradebook): Result[] =>
  students.flatMap(({ outcome }) => (outcome.status === 'graded' ? [outcome.result] : []));
const checksOf = (book: Gradebook): CheckResult[] => resultsOf(book).flatMap(({ exercises }) => exercises.flatMap(({ checks }) => checks));
const failedOf = (book: Gradebook) =>
  checksOf(book).flatMap(({ token, outcome }) => (token === undefined || outcome.status !== 'fail' ? [] : [{ token, outcome }]));
const release = async (name: string) => (await unroll('cohort', 'release', '--secret', secret, '--epoch', name)).stdout.trim();

let book: Gradebook;
let key: string;
beforeAll(async () => {
  await unroll('cohort', 'secret', secret);
  for (const [student, sample] of [
    ['ann', 'off-by-one-in-time'],
    ['ben', 'transposed-weights'],
  ] as const)
    cpSync(join(import.meta.dirname, '../submissions', sample), inFolder('class', student), { recursive: true });
  await gradeUnder(epoch, 'book');
  book = readBook('book');
  key = await release(epoch);
}, 60_000 /* ms: as a test, which starts a box too */);

test('a secret is for its owner alone to read, and is never overwritten', async () => {
  const text = readFileSync(secret, 'utf8');
  expect(statSync(secret).mode & 0o777).toBe(0o600);
  const again = await unroll('cohort', 'secret', secret);
  expect([again.code, again.stderr]).toEqual([2, `${secret} is there already, and a secret is never overwritten; name another file\n`]);
  expect(readFileSync(secret, 'utf8')).toBe(text);
});

test('an epoch gives the same inputs twice, and another epoch others', async () => {
  const said = (one: Gradebook) => checksOf(one).map(({ outcome }) => outcome);
  for (const [name, out] of [
    [epoch, 'again'],
    ['2026-w49', 'other'],
  ] as const)
    await gradeUnder(name, out);
  expect(said(readBook('again'))).toEqual(said(book));
  expect(said(readBook('other'))).not.toEqual(said(book));
});

test('nothing that is written holds the secret, the key or a seed of an epoch, and neither does what the tests are told', async () => {
  const whole = Secret.parse(readFileSync(secret, 'utf8'), secret);
  const ids = readCourse().exercises.map(({ id }) => id);
  const seeds = Object.values(drawEpoch(deriveEpochKey(whole, epoch), ids).seeds);
  const hidden = [readFileSync(secret, 'utf8').trim(), writeEpochKey(deriveEpochKey(whole, epoch)), ...seeds];
  expect(hidden[1]).toBe(key);
  const written = readdirSync(inFolder('book'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
  expect(written).toEqual(expect.arrayContaining(['gradebook.json', 'cohort.html', 'index.html']));
  for (const file of written) {
    const text = readFileSync(inFolder('book', file), 'utf8');
    expect(hidden.filter((word) => text.includes(word))).toEqual([]);
  }
  const { plan } = await readGrading({ races: true, only: ['02'], device: 'wasm', secret, epoch });
  const told = JSON.stringify(plan);
  expect(hidden.filter((word) => told.includes(word))).toEqual([seeds[ids.indexOf('02-elman-sequence')]]);
});

test('a failed check has its token in the result and on the page beside the failure', () => {
  expect(failedOf(book).length).toBeGreaterThan(5);
  for (const { folder: home, outcome } of book.students) {
    const page = readFileSync(inFolder('book', home, 'report.html'), 'utf8');
    const checks = outcome.status === 'graded' ? outcome.result.exercises.flatMap(({ checks }) => checks) : [];
    for (const { token, outcome } of checks)
      expect([outcome.status === 'fail', page.includes(`<code>${token}</code>`)]).toEqual([token !== undefined, token !== undefined]);
  }
});

describe('a failed case', () => {
  const replay = (token: string, from = 'class/ann', ...words: string[]) =>
    unroll('replay', token, '--key', key, '--device', 'wasm', inFolder(from), ...words);

  test('fails again with the same sentence', async () => {
    const { token, outcome } = failedOf(book)[0]!;
    const { code, stdout } = await replay(token, 'class/ann', '--json');
    expect(code).toBe(1);
    const found = z
      .object({ token: z.string(), exercise: z.string(), check: z.object({ outcome: z.unknown() }) })
      .parse(JSON.parse(stdout));
    expect(found).toEqual({ token, exercise: '02-elman-sequence', check: { outcome } });
  });

  test('passes with the file put right', async () => {
    cpSync(join(import.meta.dirname, '../submissions/correct'), inFolder('mended'), { recursive: true });
    const { code, stdout } = await replay(failedOf(book)[0]!.token, 'mended');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^✓ 02-elman-sequence \/ [\w-]+, with the inputs of 2026-w48: passed\n$/)]);
  });

  test('ends with 2 and one sentence where it cannot be repeated', async () => {
    const { token } = failedOf(book)[0]!;
    const other = await release('2026-w49');
    cpSync(join(kitRoot, 'solutions/01-elman-step'), inFolder('elsewhere', '01-elman-step'), { recursive: true });
    const version = token.slice(-6);
    const cases: [() => Promise<Run>, RegExp][] = [
      [() => unroll('replay', token, '--key', other), /^this key is not that of epoch 2026-w48 in the cohort that the token comes from$/],
      [() => unroll('replay', token, '--key', 'x'), /^that is no key of an epoch, /],
      [() => unroll('replay', 'x', '--key', key), /^that is no token of a failed check; /],
      [
        () => replay(`${token.slice(0, -6)}${version === '000000' ? '000001' : '000000'}`),
        /^02-elman-sequence was graded in another version of the course /,
      ],
      [() => replay(token.replace(/\/[^/]+/, '/frobnicate')), /^02-elman-sequence has no check named frobnicate$/],
      [() => replay(token.replace('02', '99')), /^there is no exercise 99 in this course$/],
      [() => replay(token, 'elsewhere'), /^.+ has no elman-sequence\.ts of 02-elman-sequence$/],
      [
        () => replay(token, 'class'),
        /^it is not clear what was handed in: exercises are in ann\/exercises, ben\/exercises; leave one of them$/,
      ],
    ];
    for (const [run, sentence] of cases) {
      const { code, stdout, stderr } = await run();
      expect({ code, stdout, stderr: stderr.trimEnd() }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(sentence) });
    }
  });
});

describe('verify', () => {
  const verify = (at: string, ...words: string[]) => unroll('verify', inFolder(at), '--secret', secret, ...words);

  test('exits 0 where all is sealed and whole', async () => {
    const { code, stdout } = await verify('book');
    expect([code, stdout]).toEqual([0, '3 of 3 files sealed and whole.\n']);
  });

  test('names what was altered and exits 1', async () => {
    cpSync(inFolder('book'), inFolder('forged'), { recursive: true });
    const path = `${book.students[0]!.folder}/result.json`;
    const result = resultsOf(book)[0]!;
    const exercises = result.exercises.map((exercise) => ({ ...exercise, state: 'passed' }));
    writeFileSync(inFolder('forged', path), JSON.stringify({ ...result, points: { ...result.points, earned: 16 }, exercises }));
    const { code, stdout } = await verify('forged');
    expect([code, stdout]).toEqual([1, `${path}: points and exercise 02-elman-sequence were altered\n\n2 of 3 files sealed and whole.\n`]);
    const asJson = await verify('forged', '--json');
    const finding = { file: path, problem: 'altered', fields: ['points', 'exercise 02-elman-sequence'], sentence: expect.any(String) };
    expect([asJson.code, JSON.parse(asJson.stdout)]).toEqual([1, { looked: 3, gradebooks: 1, findings: [finding] }]);
  });

  test('names what was copied where the gradebook was deleted, and exits 1', async () => {
    cpSync(inFolder('book'), inFolder('bookless'), { recursive: true });
    rmSync(inFolder('bookless', 'gradebook.json'));
    const [ann, ben] = book.students.map(({ folder: home }) => `${home}/result.json`) as [string, string];
    cpSync(inFolder('bookless', ann), inFolder('bookless', ben));
    const { code, stdout } = await verify('bookless');
    expect(code).toBe(1);
    for (const said of ['gradebook.json: is missing beside students/', `${ann}: is the same result as`, `${ben}: is the result of "ann"`])
      expect(stdout).toContain(said);
    expect(stdout).toContain('0 of 2 files sealed and whole.');
  });

  test('exits 1 for another secret, for what has no seal and for what is no result', async () => {
    await unroll('cohort', 'secret', inFolder('secret-2'));
    const other = await unroll('verify', inFolder('book'), '--secret', inFolder('secret-2'));
    expect([other.code, other.stdout]).toEqual([1, expect.stringContaining('gradebook.json: was sealed under another secret')]);
    await unroll('grade', inFolder('class/ann'), '--only', '02', '--device', 'wasm', '--out', inFolder('plain'));
    const plain = await verify('plain');
    expect([plain.code, plain.stdout]).toEqual([1, 'result.json: has no seal\n\n0 of 1 file sealed and whole.\n']);
    writeFileSync(inFolder('plain', 'gradebook.json'), Buffer.from([0x7b, 0xff, 0x7d]));
    expect((await verify('plain')).stdout).toContain('gradebook.json: cannot be read: ');
  });

  test('exits 2 without a secret, a folder or anything in it', async () => {
    for (const run of [() => unroll('verify', inFolder('book')), () => verify('nowhere'), () => verify('class')]) {
      const { code, stdout, stderr } = await run();
      expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
    }
  });
});

test('what does not fit together ends with 2 and one sentence', async () => {
  const grade = (...words: string[]) => unroll('grade', inFolder('class/ann'), '--only', '02', '--device', 'wasm', ...words);
  const cases: [() => Promise<Run>, string][] = [
    [() => grade('--epoch', epoch), 'an epoch needs the secret that it is drawn from; name its file with `--secret FILE`'],
    [() => grade('--epoch', epoch, '--secret', secret, '--seed', 'x'), '`--seed` and `--epoch` both decide the inputs; name one of them'],
    [
      () => grade('--epoch', 'W 48', '--secret', secret),
      'an epoch is named by up to 32 small letters and digits, joined by hyphens, dots or underscores, such as 2026-w48',
    ],
    [
      () => grade('--secret', inFolder('nowhere')),
      `there is no file ${inFolder('nowhere')}; \`npx unroll cohort secret ${inFolder('nowhere')}\` makes a secret there`,
    ],
  ];
  for (const [run, sentence] of cases) expect(await run()).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  expect(existsSync(inFolder('nowhere'))).toBe(false);
});
