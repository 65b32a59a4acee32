import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { Random } from '../../src/check/random.ts';
import { kitRoot } from '../../src/course/places.ts';
import { gradebookSchema, type Gradebook } from '../../src/result/result.ts';
import { onWasm } from '../support/command-line.ts';

const kills = 10;
const folder = mkdtempSync(join(tmpdir(), 'unroll-journal-'));
const classFolder = join(folder, 'class');
afterAll(() => rmSync(folder, { recursive: true }));

/** Milliseconds of grading the class in one go, into `whole`. */
let takesMs: number;

/** Two who hand in the same, two whose work is wrong, and one whose work is not begun. */
beforeAll(async () => {
  for (const name of ['ada', 'bo'])
    for (const id of ['00-warm-up', '02-elman-sequence', '07-gru'])
      cpSync(join(kitRoot, 'solutions', id), join(classFolder, name, id), { recursive: true });
  for (const [name, sample] of Object.entries({ cy: 'off-by-one-in-time', dee: 'transposed-weights' }))
    cpSync(join(kitRoot, 'test/submissions', sample), join(classFolder, name), { recursive: true });
  for (const id of ['00-warm-up', '02-elman-sequence', '07-gru']) {
    const stub = `${id.slice(3)}.ts`;
    cpSync(join(kitRoot, 'exercises', id, stub), join(classFolder, 'eve', id, stub));
  }
  const begun = performance.now();
  await once(start('whole'), 'exit');
  takesMs = performance.now() - begun;
}, 300_000 /* ms: a busy machine */);

/** Starts grading the class; every start asks the same. */
function start(out: string, ...more: string[]) {
  const words = [
    'cohort',
    'grade',
    classFolder,
    '--trust-submissions',
    '--only',
    '00,02,07',
    '--jobs',
    '2',
    ...onWasm,
    '--out',
    join(folder, out),
    ...more,
  ];
  return spawn(process.execPath, [join(kitRoot, 'src/cli/unroll.js'), ...words], { stdio: 'ignore' });
}

const readBook = (out: string) => gradebookSchema.parse(JSON.parse(readFileSync(join(folder, out, 'gradebook.json'), 'utf8')));

/** Seconds of each check that the verdicts in a folder tell. */
function storedDurations(out: string): number[] {
  const place = join(folder, out, 'verdicts');
  if (!existsSync(place)) return [];
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const verdicts = names.map(
    (name) => JSON.parse(readFileSync(join(place, name), 'utf8')) as { records: { evidence: { durationMs: number } }[] },
  );
  return verdicts.flatMap(({ records }) => records.map(({ evidence }) => evidence.durationMs));
}

/** Waits for a verdict that was not there at the start, or for the end of the grading. */
async function untilMoreIsKnown(grading: ChildProcess): Promise<void> {
  const known = storedDurations('killed').length;
  while (storedDurations('killed').length === known && grading.exitCode === null) await delay(20);
}

const checksOf = ({ students }: Gradebook) =>
  students.flatMap(({ outcome }) => (outcome.status === 'graded' ? outcome.result.exercises.flatMap(({ checks }) => checks) : []));

/** A gradebook without its times. */
const timeless = (book: Gradebook) =>
  JSON.parse(JSON.stringify(book, (key, value: unknown) => (key === 'durationMs' || key === 'startedAt' ? undefined : value))) as unknown;

test(
  `killed ${kills} times, at any moment or just after a verdict, and started again, grading goes on where it stood, and asks nothing twice that was answered`,
  { timeout: 600_000 /* ms: a busy machine */ },
  async () => {
    const random = new Random('journal', 'kills');
    const progress: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const grading = start('killed');
      if (kill % 2 === 0) await delay((takesMs * (random.integers([1], 10, 70)[0] as number)) / 100);
      else await untilMoreIsKnown(grading); // whatever the machine's pace is, something is known in the end
      grading.kill('SIGKILL');
      if (grading.exitCode === null) await once(grading, 'exit');
      progress.push(storedDurations('killed').length);
    }
    const before = new Set(storedDurations('killed'));
    await once(start('killed'), 'exit');

    expect(timeless(readBook('killed'))).toEqual(timeless(readBook('whole')));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b)); // nothing that was known is lost
    expect(before.size).toBeGreaterThan(0);
    const told = new Set(checksOf(readBook('killed')).map(({ durationMs }) => durationMs));
    expect([...before].filter((duration) => !told.has(duration))).toEqual([]);
  },
);

test('the same command again asks nothing, and ends in moments', async () => {
  const known = storedDurations('whole').toSorted((a, b) => a - b);
  await once(start('whole'), 'exit');
  expect(storedDurations('whole').toSorted((a, b) => a - b)).toEqual(known);
  expect(checksOf(readBook('whole')).filter(({ durationMs }) => durationMs > 0 && !known.includes(durationMs))).toEqual([]);
});

test(
  'Ctrl-C ends with a gradebook of what is known, and the command goes on afterwards',
  { timeout: 300_000 /* ms: a busy machine */ },
  async () => {
    const grading = start('ended');
    while (storedDurations('ended').length === 0 && grading.exitCode === null) await delay(50);
    grading.kill('SIGINT');
    const [code] = (await once(grading, 'exit')) as [number | null];
    const { students } = readBook('ended');
    expect([code, students.length]).toEqual([2, 5]);
    const open = students.flatMap(({ outcome }) => (outcome.status === 'ungraded' ? [outcome.reason] : []));
    expect(open.length).toBeGreaterThan(0);
    expect(new Set(open.map((reason) => /interrupted/.test(reason)))).toEqual(new Set([true]));
    await once(start('ended'), 'exit');
    expect(timeless(readBook('ended'))).toEqual(timeless(readBook('whole')));
  },
);

test('a verdict that this grading does not agree with costs the rows of who handed it in, names both, and is left as it is', async () => {
  const place = join(folder, 'whole', 'verdicts');
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const isAdas = (name: string) => {
    const { of, records } = JSON.parse(readFileSync(join(place, name), 'utf8')) as {
      of: { exercise: string };
      records: { evidence: { outcome: { status: string } } }[];
    };
    return of.exercise === '07-gru' && records.every(({ evidence }) => evidence.outcome.status === 'pass');
  };
  const file = join(place, names.find(isAdas)!);
  const spoiled = readFileSync(file, 'utf8').replace(
    '"outcome":{"status":"pass"}',
    '"outcome":{"status":"fail","cause":"wrong-value","message":"no"}',
  );
  writeFileSync(file, spoiled);
  const [code] = (await once(start('whole', '--fresh'), 'exit')) as [number | null];
  const rows = readBook('whole').students.map(({ name, outcome }) => [
    name,
    outcome.status === 'ungraded' ? outcome.reason : outcome.status,
  ]);
  const both = expect.stringMatching(
    /two verdicts on the same files do not agree: .+\.json says .*fail \(wrong-value\).*, and this grading .*pass/,
  );
  expect([code, rows]).toEqual([
    1,
    [
      ['ada', both],
      ['bo', both],
      ['cy', 'graded'],
      ['dee', 'graded'],
      ['eve', 'graded'],
    ],
  ]);
  expect(readFileSync(file, 'utf8')).toBe(spoiled);
});
