import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { readCourse } from '../../src/course/course.ts';
import { solutionPaths } from '../../src/course/places.ts';
import type { DeviceName } from '../../src/result/device.ts';
import { probeDevice } from '../../src/device/probe.ts';
import { makePlan } from '../../src/run/plan.ts';
import { Grader } from '../../src/grade/grade.ts';
import { needs, thingsFor } from '../support/needs.ts';

const course = readCourse();
const folder = mkdtempSync(join(tmpdir(), 'unroll-devices-'));
let grader: Grader;

beforeAll(async () => {
  for (const exercise of course.exercises) {
    mkdirSync(join(folder, exercise.id));
    for (const [index, path] of solutionPaths(exercise).entries()) {
      const text = readFileSync(path, 'utf8');
      writeFileSync(join(folder, exercise.id, basename(path)), index === 0 ? tellBackend(text) : text);
    }
  }
  grader = new Grader();
});
afterAll(async () => {
  await grader.close();
  rmSync(folder, { recursive: true });
});

/** `course check` proves the solutions on `tensorflow` and `wasm`: each device once. */
const leftOut: readonly DeviceName[] = ['webgpu', 'cpu'];

test.for(leftOut)(
  'the solutions pass every check of correctness on %s',
  { timeout: 600_000 /* ms: a GPU drawn by the processor compiles every shader, on a machine that may be busy */ },
  async (name, context) => {
    await needs(context, ...thingsFor(name));
    const device = await probeDevice(name);
    expect(device).toMatchObject({ name, usable: true });
    const exercises = course.exercises.filter(({ time }) => time === undefined); // here a training of seconds takes minutes
    const result = await grader.grade(folder, makePlan({ exercises, device, seed: 'devices', races: false, reduced: true }));
    const checks = result.exercises.flatMap(({ id, checks: all }) => all.map((check) => ({ name: `${id} ${check.id}`, ...check })));
    const correctness = checks.filter(({ id }) => id !== 'race');
    expect(correctness.length).toBeGreaterThan(0);
    expect(correctness.filter(({ outcome }) => outcome.status !== 'pass').map((check) => [check.name, check.outcome])).toEqual([]);
    expect(result.exercises.map(({ printed }) => printed)).toEqual(exercises.map(() => `computed on ${name}\n`));
    const worst = correctness.toSorted((one, other) => (other.errorShare ?? 0) - (one.errorShare ?? 0))[0];
    console.log(`${name}: the largest error is ${(100 * (worst?.errorShare ?? 0)).toFixed(1)} % of the error allowed, in ${worst?.name}`);
  },
);

/** A solution that also says which backend really computes. */
const tellBackend = (solution: string) =>
  `${solution}\nimport * as told from '@tensorflow/tfjs';\nconsole.log('computed on ' + told.getBackend());\n`;
