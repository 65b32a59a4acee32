import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { compareNumbers } from '../../src/check/compare.ts';
import { finiteDifferences } from '../../src/check/finite-difference.ts';
import { flatten, reshape, shapeOf, toTensor, type Named, type Nested } from '../../src/check/nested.ts';
import { specify, type Oracle, type Specification } from '../../src/check/oracle.ts';
import { readCourse } from '../../src/course/course.ts';
import type { Exercise } from '../../src/course/exercise.ts';
import { chooseDevice } from '../../src/device/probe.ts';
import { BoxKeeper } from '../../src/box/keeper.ts';
import { BoxedSubject } from '../../src/box/boxed-subject.ts';
import { compileProgram } from '../../src/compile/program.ts';
import { compileExercise, readSolution } from '../../src/run/exercise-module.ts';
import { describeIsolation } from '../../src/box/isolation.ts';
import { limitsFor } from '../../src/box/limits.ts';
import type { PassInput } from '../../src/wire/subject.ts';
import type { HostTensor } from '../../src/wire/tensor.ts';

const tensorSchema = z.object({ shape: z.array(z.number().int()), data: z.array(z.number()) });
const tensorsSchema = z.record(z.string(), tensorSchema);
const whole = z.union([z.number(), z.array(z.number()), z.array(z.array(z.number()))]); // numbers and indices stand in the files as they are
const caseSchema = z.object({
  inputs: z.record(z.string(), z.union([tensorSchema, whole])),
  outputs: tensorsSchema,
  cotangent: tensorSchema.extend({ of: z.string() }).optional(), // positions have no tensor to differentiate by
  gradients: tensorsSchema.optional(),
});
type Golden = z.infer<typeof tensorSchema>;
type Case = z.infer<typeof caseSchema>;
type Answers = Readonly<Record<string, { readonly shape: readonly number[]; readonly data: ArrayLike<number> } | undefined>>;

/** PyTorch computed in float64, the device in float32: on numbers near one that costs some 1e-6. */
const tolerance = { absolute: 1e-5, relative: 0, why: 'PyTorch in float64' };

const device = await chooseDevice();
const exercises = readCourse().exercises.filter(({ golden }) => golden.length > 0);
let keeper: BoxKeeper;

beforeAll(async () => {
  const program = await compileProgram(device.name);
  keeper = new BoxKeeper({ device: device.name, level: (await describeIsolation()).level, limits: limitsFor(device.kind), program });
});
afterAll(() => keeper.close());

test('every golden file is held against a pass of an exercise', () => {
  const held = exercises.flatMap(({ golden }) => golden.map(({ file }) => `${file}.json`));
  expect([...new Set(held)].toSorted()).toEqual(readdirSync(join(import.meta.dirname, '../golden')).toSorted());
});

describe.for(exercises)("$id agrees with PyTorch's values and gradients", (exercise) => {
  const passes = exercise.golden.flatMap(({ file, outputs, passes = Object.keys(exercise.passes) }) =>
    passes.flatMap((pass) => readCases(file).map((one, index) => ({ pass, file, number: index + 1, one, outputs }))),
  );

  test.for(passes)(`the solution's $pass on ${device.name}, $file, case $number`, async ({ pass, one, outputs }) => {
    const subject = new BoxedSubject(device, keeper, await compileExercise(exercise, readSolution(exercise)));
    const input = asPassInput(nestAll(one.inputs), (await readOracle(exercise)).integers);
    const answer = (await subject.call(pass, input)) as Readonly<Record<string, HostTensor>>;
    expect(differences(answer, outputsOf(outputs, one))).toEqual([]);
    if (one.cotangent === undefined || one.gradients === undefined) return;
    const gradients = await subject.gradients(pass, input, {
      of: one.cotangent.of,
      cotangent: toTensor(nest(one.cotangent)),
      by: Object.keys(one.gradients),
    });
    expect(differences(gradients, one.gradients)).toEqual([]);
  });

  test.for(passes)("the oracle's $pass, $file, case $number", async ({ pass, one, outputs }) => {
    const oracle = await readOracle(exercise);
    const specification = (input: Named) => specify(oracle.passes[pass] as Specification, input) as Record<string, Nested>;
    const input = nestAll(one.inputs);
    expect(differences(inFloat64(specification(input)), outputsOf(outputs, one))).toEqual([]);
    if (one.cotangent === undefined || one.gradients === undefined) return;
    const gradients = finiteDifferences(specification, input, one.cotangent.of, nest(one.cotangent), Object.keys(one.gradients));
    expect(differences(inFloat64(gradients), one.gradients)).toEqual([]);
  });
});

function readCases(file: string): Case[] {
  const text = readFileSync(join(import.meta.dirname, '../golden', `${file}.json`), 'utf8');
  return z.object({ cases: z.array(caseSchema).min(1) }).parse(JSON.parse(text)).cases;
}

async function readOracle({ folder }: Exercise): Promise<Oracle> {
  return ((await import(pathToFileURL(join(folder, 'oracle.ts')).href)) as { oracle: Oracle }).oracle;
}

/** The outputs of a golden case that the passes of the exercise have. */
function outputsOf(names: readonly string[], { outputs }: Case): Record<string, Golden> {
  return Object.fromEntries(names.map((name) => [name, tensorSchema.parse(outputs[name])]));
}

/** Inputs as an oracle takes them. */
function nestAll(inputs: Case['inputs']): Record<string, Nested> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, typeof value === 'object' && 'shape' in value ? nest(value) : value]),
  );
}

/** Inputs as a pass takes them: numbers stay numbers, indices are int32. */
function asPassInput(inputs: Readonly<Record<string, Nested>>, integers: readonly string[] = []): PassInput {
  const tensor = (name: string, value: Nested) => toTensor(value, integers.includes(name) ? 'int32' : 'float32');
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, Array.isArray(value) ? tensor(name, value) : value]));
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
