import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { readAttacks } from '../../src/audit/attack.ts';
import { runAudit, type Audit } from '../../src/audit/audit.ts';
import { hasHeld, renderAudit } from '../../src/audit/matrix.ts';
import { solutionPaths } from '../../src/course/places.ts';
import { readExercise } from '../../src/course/course.ts';
import { needs } from '../support/needs.ts';

// Each made-up attack is bad in one way, or does the judge's part badly, so that the audit must notice just that.

const [solution] = solutionPaths(readExercise(join(import.meta.dirname, '../../exercises/02-elman-sequence')));
const corpus = mkdtempSync(join(tmpdir(), 'unroll-corpus-'));
const honest = `export { elmanSequence } from ${JSON.stringify(solution)};\n`;
/** A program of the judge's side that hands in honest work, and does this besides. */
const judging = (statement: string) => `
  import { spawn } from 'node:child_process';
  import { cpSync, writeFileSync } from 'node:fs';
  import { tmpdir } from 'node:os';
  export default ({ folder }) => {
    cpSync(${JSON.stringify(solution)}, folder + '/exercises/02-elman-sequence/elman-sequence.ts');
    ${statement}
  };`;
const made: Readonly<Record<string, { expect: string; attack?: string; make?: string; checks?: string; needs?: string }>> = {
  honest: { expect: 'honest', attack: honest },
  'wins-points': { expect: 'threw', attack: honest },
  'says-what-it-got': { expect: 'honest', attack: `${honest}console.log('GOT: something');` },
  'learned-a-path': { expect: 'honest', attack: `${honest}declare const BAIT: { kitRoot: string }; console.log(BAIT.kitRoot);` },
  'spoils-the-next': {
    expect: 'honest',
    make: judging(
      `writeFileSync(folder + '/../honest/exercises/02-elman-sequence/elman-sequence.ts', 'export const elmanSequence = () => 1;');`,
    ),
  },
  'takes-memory': { expect: 'honest', make: judging('setTimeout(() => { globalThis.kept = Buffer.alloc(2 ** 29, 1); }, 200);') },
  'takes-disk': { expect: 'honest', make: judging("setTimeout(() => writeFileSync(tmpdir() + '/large', Buffer.alloc(2 ** 27, 1)), 200);") },
  'leaves-a-process': { expect: 'honest', make: judging("spawn('sleep', ['300'], { detached: true, stdio: 'ignore' }).unref();") },
  'ends-the-judge': { expect: 'honest', make: judging("setTimeout(() => process.kill(process.pid, 'SIGKILL'), 200);") },
  'throws-in-the-judge': { expect: 'honest', make: judging("throw new Error('no');") },
  'asks-for-nothing': { expect: 'honest', attack: honest, checks: 'no-such-check' },
  'needs-more': { expect: 'threw', attack: honest, needs: 'namespace+cgroup' },
};
let audit: Audit;

beforeAll(async () => {
  for (const [name, { expect, attack, make, checks = 'one-step', needs = 'none' }] of Object.entries(made)) {
    const folder = join(corpus, 'made-up', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'attack.yaml'), `what: Tries ${name}.\nchecks: [${checks}]\nexpect: ${expect}\nneeds: ${needs}\n`);
    writeFileSync(join(folder, attack === undefined ? 'make.ts' : 'attack.ts'), attack ?? (make as string));
  }
  audit = await runAudit(readAttacks([], corpus), { device: 'wasm', corpus });
}, 180_000 /* ms: twelve attacks, on a machine that may be busy */);
afterAll(() => {
  for (const pid of execFileSync('pgrep', ['-fx', 'sleep 300'], { encoding: 'utf8' }).trim().split('\n'))
    process.kill(Number(pid), 'SIGKILL');
  rmSync(corpus, { recursive: true });
});

const problemsOf = (name: string) => audit.rows.find(({ id }) => id === `made-up/${name}`)?.problems;

test('work that is honest, and expected to be, is as expected', () => {
  expect(problemsOf('honest')).toEqual([]);
});

test.for([
  ['wins-points', /one-step: pass instead of threw/],
  ['says-what-it-got', /the attacker says GOT: something/],
  ['learned-a-path', /the attacker learned the kit's folder/],
  ['spoils-the-next', /the honest student after it has \d+ of 15 points instead of 15 of 15/],
  ['ends-the-judge', /the judge ended with SIGKILL/],
  ['throws-in-the-judge', /could not try it: no/],
  [
    'asks-for-nothing',
    /could not try it: made-up\/asks-for-nothing: 02-elman-sequence has no check no-such-check, so nothing would be tried/,
  ],
] as const)('%s is noticed', ([name, words]) => {
  expect(problemsOf(name)).toEqual([expect.stringMatching(words)]);
});

test.for([
  ['takes-memory', /memory grew by [45]\d\d MiB/],
  ['takes-disk', /disk grew by 12\d MiB/],
] as const)('%s is noticed', async ([name, words], context) => {
  await needs(context, 'linux');
  expect(problemsOf(name)).toContainEqual(expect.stringMatching(words)); // to write much takes memory too
});

test('a process that is left is noticed', async (context) => {
  await needs(context, 'linux');
  expect(audit.left).toEqual(expect.arrayContaining([expect.stringMatching(/the process \d+: sleep 300/)]));
});

test('an attack that this level does not hold is not run, and is no failure', () => {
  const row = audit.rows.find(({ id }) => id === 'made-up/needs-more');
  expect(row?.state).toBe(audit.level === 'namespace+cgroup' ? 'unexpected' : 'not-defended');
});

test('the matrix names what was noticed, and the sum of it', () => {
  const text = renderAudit(audit);
  expect(text).toContain('made-up/wins-points: Tries wins-points.\n  one-step: pass instead of threw');
  expect(text.split('\n').at(-1)).toMatch(/^2 of 12 attacks ended as expected, \d+ did not; .*\d left behind/);
  expect(hasHeld(audit)).toBe(false);
});
