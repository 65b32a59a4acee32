import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { causes } from '../../src/result/causes.ts';
import { chooseExercises } from '../../src/course/select.ts';
import { readCourse } from '../../src/course/course.ts';
import { readYaml } from '../../src/course/yaml-file.ts';
import { chooseDevice } from '../../src/device/probe.ts';
import { Grader } from '../../src/grade/grade.ts';
import { makePlan } from '../../src/run/plan.ts';

const folder = join(import.meta.dirname, '../attacks/timing');
const table = readYaml(join(folder, 'expected.yaml'), z.record(z.string(), z.enum(['pass', 'implausible', ...causes])));
const exercises = chooseExercises(readCourse(), ['15']);
let grader: Grader;

beforeAll(async () => {
  grader = await Grader.start();
});
afterAll(() => grader.close());

test('every attack stands in the table', () => {
  const attacks = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(attacks.map(({ name }) => name).toSorted()).toEqual(Object.keys(table).toSorted());
});

test.for(Object.entries(table))(
  'on the clock, %s ends as %s',
  { timeout: 180_000 /* ms: a race on a machine that may be busy */ },
  async ([name, expected], { annotate }) => {
    const device = await chooseDevice();
    const plan = makePlan({ exercises, device, checks: ['race'], seed: 'attacks', racing: { timeAgainstLength: false } });
    const result = await grader.grade(join(folder, name), plan);
    const check = result.exercises[0]?.checks.find(({ id }) => id === 'race');
    const outcome = check?.outcome;
    // Noise may end any race as "cannot tell", which gains nothing; it is shown and not judged.
    if (outcome?.status === 'not-measured' && check?.race?.verdict === 'cannot-tell') {
      await annotate(outcome.reason, 'notice');
      return;
    }
    const implausible = outcome?.status === 'not-measured' && check?.race?.verdict === 'implausible';
    const ended = outcome?.status === 'fail' ? outcome.cause : implausible ? 'implausible' : outcome;
    expect(ended).toEqual(expected === 'pass' ? { status: 'pass' } : expected);
  },
);
