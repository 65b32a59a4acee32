import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { kitRoot } from '../course/places.ts';
import { isArchive } from '../intake/archive-name.ts';
import type { DeviceName } from '../result/device.ts';
import { gradebookSchema, type Gradebook, type Result } from '../result/result.ts';
import type { Attack } from './attack.ts';
import type { BaitTrap } from './bait.ts';
import { findDifference } from './ends.ts';
import { findActivePage, findActiveText } from './inert.ts';
import type { Trial } from './trial.ts';

const timeLimit = 120_000; // ms: three students take five seconds

interface Setting {
  readonly device: DeviceName;
  readonly seed: string;
  readonly trap: BaitTrap;
  /** The result of honest work alone. */
  readonly honest: Result;
}

/** Grades a cohort by the command that an instructor uses. Its students with `honest` in their names are honest. */
export async function gradeCohort(attack: Attack, folder: string, { device, seed, trap, honest }: Setting): Promise<Trial> {
  const out = `${folder}-out`;
  const before = readdirSync(dirname(folder));
  try {
    const { code, stdout, stderr } = await runCohort(folder, out, ['--only', '02', '--device', device, '--seed', seed, '--json']);
    const gradebook = gradebookSchema.safeParse(asJson(stdout));
    const strays = readdirSync(dirname(folder)).filter((name) => !before.includes(name) && join(dirname(folder), name) !== out);
    const problems = [
      ...(code === 0 || code === 1 ? [] : [`the command ended with ${String(code)}: ${stderr.trim().split('\n').at(-1)?.slice(0, 200)}`]),
      ...(gradebook.success ? judgeRows(attack, folder, gradebook.data, honest) : ['the command printed no gradebook']),
      ...judgePages(out, gradebook.data),
      ...findActiveText(stderr.replaceAll('\r', '')),
      ...trap.findIn(stdout).map((what) => `the attacker learned ${what}`),
      ...strays.map((name) => `${JSON.stringify(name)} was written beside the folder of results`),
    ];
    return { ended: `exit ${String(code)}`, problems };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function runCohort(
  folder: string,
  out: string,
  options: string[],
): Promise<{ code: string | number | null | undefined; stdout: string; stderr: string }> {
  const words = [join(kitRoot, 'src/cli/unroll.js'), 'cohort', 'grade', folder, '--trust-submissions', '--out', out, ...options];
  return new Promise((done) => {
    execFile(
      process.execPath,
      words,
      { timeout: timeLimit, maxBuffer: 2 ** 28 /* bytes: a gradebook has some kB a student */ },
      (error, stdout, stderr) => done({ code: error === null ? 0 : (error.code ?? error.signal), stdout, stderr }),
    );
  });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // shown as the problem that there is no gradebook
  }
}

/** Every student has one row, the honest ones what they have alone, and one of the others says what was tried. */
function judgeRows({ says }: Attack, folder: string, { students }: Gradebook, honest: Result): string[] {
  const handedIn = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => (entry.isDirectory() || entry.isSymbolicLink() || isArchive(entry.name)) && !entry.name.startsWith('.'), // a link has a row that says so
  ).length;
  const spoiled = students.flatMap(({ name, outcome }) => {
    if (!name.includes('honest')) return [];
    const difference = outcome.status === 'graded' ? findDifference({ ...outcome.result, notes: honest.notes }, honest) : outcome.reason;
    return difference === undefined ? [] : [`the honest student ${name} has ${difference}`];
  });
  return [
    ...(students.length === handedIn ? [] : [`${students.length} rows for ${handedIn} students`]),
    ...(students.some(({ name }) => name.includes('honest')) ? [] : ['no row of an honest student']),
    ...spoiled,
    ...(says === undefined || JSON.stringify(students).includes(says) ? [] : [`no row says ${says}`]),
  ];
}

/** The gradebook and the pages are there, each student's too, inside of the folder of results, and inert. */
function judgePages(out: string, gradebook: Gradebook | undefined): string[] {
  const isFile = (path: string) => existsSync(path) && statSync(path).isFile();
  const pages = (existsSync(out) ? readdirSync(out, { recursive: true, encoding: 'utf8' }) : []).filter((name) => isFile(join(out, name)));
  const missing = ['gradebook.json', 'cohort.html', 'index.html'].filter((name) => !isFile(join(out, name)));
  const students = (gradebook?.students ?? []).filter(({ outcome }) => outcome.status === 'graded');
  const lost = students.filter(({ folder }) => !isFile(join(out, folder, 'report.html')) || !resolve(out, folder).startsWith(resolve(out)));
  return [
    ...missing.map((name) => `there is no ${name}`),
    ...lost.map(({ name }) => `there is no page of ${JSON.stringify(name)}`),
    ...pages.filter((name) => name.endsWith('.html')).flatMap((name) => findActivePage(readFileSync(join(out, name), 'utf8'))),
  ];
}
