import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { causes } from '../../src/result/causes.ts';
import { readCourse } from '../../src/course/course.ts';
import type { Exercise } from '../../src/course/exercise.ts';
import { kitRoot } from '../../src/course/places.ts';
import { readYaml } from '../../src/course/yaml-file.ts';
import { chooseDevice } from '../../src/device/probe.ts';
import { makePlan } from '../../src/run/plan.ts';
import { Grader } from '../../src/grade/grade.ts';
import type { Outcome } from '../../src/result/evidence.ts';
import type { Result } from '../../src/result/result.ts';

const failsSchema = z.strictObject({
  cause: z.enum(causes),
  misconception: z.string().optional(),
  onWasm: z.strictObject({ misconception: z.string() }).optional(),
  checks: z.union([z.literal('every'), z.array(z.string()).min(1)]),
});
const exerciseSchema = z.strictObject({ fails: z.array(failsSchema).default([]), race: z.enum(['faster', 'not-faster']).optional() });
const tableSchema = z.record(z.string(), z.record(z.string(), exerciseSchema));
type Expected = z.infer<typeof exerciseSchema>;

const folder = join(import.meta.dirname, '../submissions');
const stub = 'stub'; // what a learner has who has written nothing: the kit's own folder `exercises/`, no copy
const table = readYaml(join(folder, 'expected.yaml'), tableSchema);
const course = readCourse();
const patience = 300_000; // ms: two races of 20 s each and four exercises, on a machine that may be busy
let grader: Grader;

beforeAll(async () => {
  grader = new Grader();
});
afterAll(() => grader.close());

describe.for(Object.entries(table))('the submission %s', ([name, handedIn]) => {
  const raced = Object.entries(handedIn).flatMap(([id, { race }]) => (race === undefined ? [] : [[id, race] as const]));
  let result: Result;

  beforeAll(async () => {
    const plan = makePlan({
      exercises: course.exercises,
      device: await chooseDevice(),
      seed: 'submissions',
      races: raced.length > 0,
    });
    result = await grader.grade(name === stub ? kitRoot : join(folder, name), plan);
  }, patience);

  test('hands in the exercises of the table, and the judge has nothing to add', () => {
    expect(result.exercises.filter(({ state }) => state !== 'absent').map(({ id }) => id)).toEqual(Object.keys(handedIn));
    expect(result.notes).toEqual([]);
  });

  test.for(Object.entries(handedIn))('%s gets the outcome of the table in every check', ([id, expected]) => {
    expect(outcomesOf(result, id)).toEqual(expectedOutcomes(findExercise(id), expected, result.device.name));
  });

  test.for(raced)('the race of %s ends %s, or is not measured where the machine cannot tell', async ([id, verdict], { annotate }) => {
    const check = result.exercises.find((exercise) => exercise.id === id)?.checks.find((one) => one.id === 'race');
    const decided = verdict === 'faster' ? { status: 'pass' } : { status: 'fail', cause: 'too-slow' };
    const { outcome, race } = check!;
    if (outcome.status === 'not-measured') await annotate(outcome.reason, 'notice'); // a third outcome, shown and not judged
    const undecided = outcome.status === 'not-measured';
    if (undecided && result.device.name === 'wasm' && outcome.reason.endsWith('has no threshold for wasm')) return; // TensorFlow has one
    expect([race?.verdict, said(outcome)]).toEqual(undecided ? ['cannot-tell', said(outcome)] : [verdict, decided]);
  });
});

describe('the fixtures themselves', () => {
  test('every folder stands in the table', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect([stub, ...folders.map(({ name }) => name)].toSorted()).toEqual(Object.keys(table).toSorted());
  });

  test('every file begins with one line that says what was done', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(Object.keys(table).length);
    expect(files.filter((path) => !/^\/\/ [A-Z].*\.\n(?!\/\/)/.test(readFileSync(join(folder, path), 'utf8')))).toEqual([]);
  });
});

function findExercise(id: string): Exercise {
  const found = course.exercises.find((exercise) => exercise.id === id);
  if (found === undefined) throw new Error(`expected.yaml names ${id}, which is no exercise of the course`);
  return found;
}

/** What is compared of an outcome: all but its words. */
function said(outcome: Outcome) {
  if (outcome.status !== 'fail') return { status: outcome.status };
  const { status, cause, misconception } = outcome;
  return misconception === undefined ? { status, cause } : { status, cause, misconception };
}

function outcomesOf(result: Result, id: string) {
  const checks = result.exercises.find((exercise) => exercise.id === id)?.checks ?? [];
  return Object.fromEntries(checks.filter((check) => check.id !== 'race').map((check) => [check.id, said(check.outcome)]));
}

function expectedOutcomes({ id, checks }: Exercise, { fails }: Expected, device: string) {
  const ids = Object.keys(checks).filter((check) => check !== 'race');
  const unknown = fails.flatMap((group) => (group.checks === 'every' ? [] : group.checks)).filter((check) => !ids.includes(check));
  if (unknown.length > 0) throw new Error(`expected.yaml names ${unknown.join(', ')}, which ${id} does not check`);
  const outcome = (check: string) => {
    const group = fails.find((one) => one.checks === 'every' || one.checks.includes(check));
    if (group === undefined) return { status: 'pass' };
    const { checks: _, onWasm, ...failure } = group;
    return { status: 'fail', ...failure, ...(device === 'wasm' ? onWasm : undefined) };
  };
  return Object.fromEntries(ids.map((check) => [check, outcome(check)]));
}
