import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { chooseExercises } from '../../src/course/select.ts';
import { readCourse } from '../../src/course/course.ts';
import { readYaml } from '../../src/course/yaml-file.ts';
import { chooseDevice } from '../../src/device/probe.ts';
import { Grader } from '../../src/grade/grade.ts';
import { causes } from '../../src/result/causes.ts';
import { makePlan } from '../../src/run/plan.ts';

export const attacksFolder = join(import.meta.dirname, '../attacks/timing');
const endSchema = z.enum(['pass', 'implausible', ...causes]);
type End = z.infer<typeof endSchema>;
export const attacksTable = readYaml(join(attacksFolder, 'expected.yaml'), z.record(z.string(), endSchema));

/** Ends that no clock decides: they are the same on a busy machine. */
const clockless: ReadonlySet<End> = new Set(['wrong-value', 'broken-rule', 'exited', 'bad-answer', 'wrong-shape']);

/** One test for each attack of the table whose end a clock decides, or for each other one. */
export function proveAttacks(by: 'clock' | 'no clock'): void {
  const attacks = Object.entries(attacksTable).filter(([, expected]) => clockless.has(expected) === (by === 'no clock'));
  let grader: Grader;
  const folder = mkdtempSync(join(tmpdir(), 'unroll-attacks-'));
  beforeAll(async () => {
    grader = await Grader.start();
  });
  afterAll(async () => {
    await grader.close();
    rmSync(folder, { recursive: true });
  });

  test.for(attacks)(
    '%s ends as %s',
    { timeout: 180_000 /* ms: a race on a machine that may be busy */ },
    async ([name, expected], { annotate }) => {
      const { ended, undecided } = await endOf(await handIn(name, folder), grader);
      // Noise may end a race that the clock decides as "cannot tell", which gains nothing; it is shown and not judged.
      if (undecided !== undefined && by === 'clock') return void (await annotate(undecided, 'notice'));
      expect(ended).toEqual(expected === 'pass' ? { status: 'pass' } : expected);
    },
  );
}

/** An attack as a submission: its file, with what it takes from the honest one beside it, is the one file that a learner hands in. */
async function handIn(name: string, folder: string): Promise<string> {
  const outfile = join(folder, name, 'exercises/15-associative-scan/associative-scan.ts');
  const entryPoints = [join(attacksFolder, `${name}.ts`)];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', external: ['@tensorflow/tfjs'], logLevel: 'warning' });
  return join(folder, name);
}

/** How the race of exercise 15 ends for an attack, and the reason if it could not tell. */
async function endOf(submission: string, grader: Grader) {
  const exercises = chooseExercises(readCourse(), ['15']);
  const racing = { timeAgainstLength: false };
  const plan = makePlan({ exercises, device: await chooseDevice(), checks: ['race'], seed: 'attacks', racing });
  const result = await grader.grade(submission, plan);
  const check = result.exercises[0]?.checks.find(({ id }) => id === 'race');
  const outcome = check?.outcome;
  const verdict = outcome?.status === 'not-measured' ? check?.race?.verdict : undefined;
  return {
    ended: outcome?.status === 'fail' ? outcome.cause : verdict === 'implausible' ? verdict : outcome,
    undecided: outcome?.status === 'not-measured' && verdict === 'cannot-tell' ? outcome.reason : undefined,
  };
}
