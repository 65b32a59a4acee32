import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { compareNumbers } from '../src/check/compare.ts';
import { finiteDifferences } from '../src/check/finite-difference.ts';
import { flatten, reshape, shapeOf, toTensor, type Named, type Nested } from '../src/check/nested.ts';
import { specify, type Oracle, type Specification } from '../src/check/oracle.ts';
import { readCourse } from '../src/course/course.ts';
import type { Exercise } from '../src/course/exercise.ts';
import { solutionPaths } from '../src/course/places.ts';
import { chooseDevice } from '../src/device/probe.ts';
import { BoxedSubject, BoxKeeper } from '../src/subject/boxed.ts';
import { bundleBoxProgram } from '../src/subject/bundle.ts';
import { describeIsolation } from '../src/subject/isolation.ts';
import { limitsFor } from '../src/subject/limits.ts';
import { compileModule, readModule } from '../src/subject/module.ts';
import type { HostTensor } from '../src/subject/value.ts';

const tensorSchema = z.object({ shape: z.array(z.number().int()), data: z.array(z.number()) });
const tensorsSchema = z.record(z.string(), tensorSchema);
const caseSchema = z.object({
  inputs: tensorsSchema,
  outputs: tensorsSchema,
  cotangent: tensorSchema.extend({ of: z.string() }),
  gradients: tensorsSchema,
});
type Golden = z.infer<typeof tensorSchema>;
type Case = z.infer<typeof caseSchema>;
type Answers = Readonly<Record<string, { readonly shape: readonly number[]; readonly data: ArrayLike<number> } | undefined>>;

/** PyTorch computed in float64, the device in float32: on numbers near one that costs some 1e-6. */
const tolerance = { absolute: 1e-5, relative: 0, why: 'PyTorch in float64' };

const device = await chooseDevice();
const exercises = readCourse().exercises.filter(({ golden }) => golden !== undefined);
let keeper: BoxKeeper;

beforeAll(async () => {
  const program = await bundleBoxProgram();
  keeper = new BoxKeeper({ device: device.name, isolation: describeIsolation(), limits: limitsFor(device.kind), program });
});
afterAll(() => keeper.close());

test('there are exercises with golden values', () => {
  expect(exercises).not.toEqual([]);
});

describe.for(exercises)("$id agrees with PyTorch's values and gradients", (exercise) => {
  const passes = Object.keys(exercise.passes).flatMap((pass) =>
    readCases(exercise).map((one, index) => ({ pass, number: index + 1, one })),
  );

  test.for(passes)(`the solution's $pass on ${device.name}, case $number`, async ({ pass, one }) => {
    const { of } = one.cotangent;
    const subject = new BoxedSubject(device, keeper, await compileModule(readModule(exercise.id, solutionPaths(exercise))));
    const input = Object.fromEntries(Object.entries(one.inputs).map(([name, value]) => [name, toTensor(nest(value))]));
    const answer = (await subject.call(pass, input)) as Readonly<Record<string, HostTensor>>;
    expect(differences(answer, outputsOf(exercise, one))).toEqual([]);
    const gradients = await subject.gradients(pass, input, {
      of,
      cotangent: toTensor(nest(one.cotangent)),
      by: Object.keys(one.gradients),
    });
    expect(differences(gradients, one.gradients)).toEqual([]);
  });

  test.for(passes)("the oracle's $pass, case $number", async ({ pass, one }) => {
    const path = pathToFileURL(join(exercise.folder, 'oracle.ts')).href;
    const { oracle } = (await import(path)) as { oracle: Oracle };
    const specification = (input: Named) => specify(oracle.passes[pass] as Specification, input) as Record<string, Nested>;
    const input = Object.fromEntries(Object.entries(one.inputs).map(([name, value]) => [name, nest(value)]));
    expect(differences(inFloat64(specification(input)), outputsOf(exercise, one))).toEqual([]);
    const gradients = finiteDifferences(specification, input, one.cotangent.of, nest(one.cotangent), Object.keys(one.gradients));
    expect(differences(inFloat64(gradients), one.gradients)).toEqual([]);
  });
});

function readCases({ golden }: Exercise): Case[] {
  const text = readFileSync(join(import.meta.dirname, 'golden', `${golden?.file}.json`), 'utf8');
  return z.object({ cases: z.array(caseSchema).min(1) }).parse(JSON.parse(text)).cases;
}

/** The outputs of the golden file that the passes of this exercise have. */
function outputsOf({ golden }: Exercise, { outputs }: Case): Record<string, Golden> {
  return Object.fromEntries((golden?.outputs ?? []).map((name) => [name, tensorSchema.parse(outputs[name])]));
}

const nest = ({ shape, data }: Golden): Nested => reshape(data, shape);

function inFloat64(answers: Readonly<Record<string, Nested>>): Answers {
  return Object.fromEntries(Object.entries(answers).map(([name, nested]) => [name, { shape: shapeOf(nested), data: flatten(nested) }]));
}

/** What is not PyTorch's number: a missing name, another shape, a number too far away, or NaN. */
function differences(actual: Answers, expected: Readonly<Record<string, Golden>>): string[] {
  return Object.entries(expected).flatMap(([name, { shape, data }]) => {
    const found = actual[name];
    if (found?.shape.join() !== shape.join()) return [`${name} has shape [${found?.shape.join()}] instead of [${shape.join()}]`];
    const { difference } = compareNumbers(name, found.data, data, shape, tolerance);
    return difference === undefined ? [] : [difference.message];
  });
}
