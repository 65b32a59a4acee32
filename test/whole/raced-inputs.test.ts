import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { importModule } from '../../src/author/import-module.ts';
import { compareNumbers } from '../../src/check/compare.ts';
import type { Closeness } from '../../src/check/examination.ts';
import { toTensor, type Named } from '../../src/check/nested.ts';
import { Random } from '../../src/check/random.ts';
import { readCourse } from '../../src/course/course.ts';
import type { Race } from '../../src/course/exercise.ts';
import type { OpenDevice } from '../../src/device/device.ts';
import { openDevice } from '../../src/device/open.ts';
import { Driver } from '../../src/driver/driver.ts';
import { racedTolerance } from '../../src/race/timed-answer.ts';
import { compileExercise, readSolution } from '../../src/run/exercise-module.ts';
import type { PassInput } from '../../src/wire/subject.ts';
import type { HostTensor } from '../../src/wire/tensor.ts';
import { everyOther, halfOfTheFeatures, lastOf, otherRow, rounded, withoutSteps, type RacedTensors } from '../support/raced-inputs.ts';

// A pass may save work wherever its answer does not show it. So whatever a pass can leave out, at the raced size, must show.

interface RacedInput {
  readonly drawRaced: (random: Random, sizes: Race['sizes']) => Named;
  readonly grouped?: Exclude<Closeness, 'exactly'>;
}

const wrong = 10; // times what is allowed: far from a verdict that depends on the draw
const honest = 0.3; // of what is allowed: the kit's own parallel pass at these seeds
const seeds = ['one', 'two', 'three'];
const exercises = readCourse().exercises.filter(({ race }) => race !== undefined);
let device: OpenDevice;
let driver: Driver;

beforeAll(async () => {
  device = await openDevice('wasm');
  driver = new Driver(device);
});
afterAll(() => device.close());

describe.for(exercises)(
  '$id',
  { timeout: 300_000 /* ms: fourteen calls of attention over 1,024 positions, some seconds each on a busy machine */ },
  (exercise) => {
    const { baseline, candidate, answer = baseline, sizes } = exercise.race!;
    let drawn: RacedInput;

    beforeAll(async () => {
      drawn = (await import(pathToFileURL(join(exercise.folder, 'raced-input.ts')).href)) as RacedInput;
      driver.enter(exercise.id, await importModule(await compileExercise(exercise, readSolution(exercise))));
    });

    const ask = async (pass: string, input: PassInput) => theOne(await driver.call(exercise.id, pass, input));
    const draw = (seed: string) => {
      const input = Object.entries(drawn.drawRaced(new Random(seed, exercise.id), sizes));
      return Object.fromEntries(input.map(([name, value]) => [name, Array.isArray(value) ? toTensor(value) : value])) as RacedTensors;
    };
    const share = (given: HostTensor, right: HostTensor) =>
      compareNumbers('answer', given.data, right.data, right.shape, racedTolerance(device.report, drawn.grouped)).errorShare;

    test('an answer that leaves out a part of the input is wrong by far', async () => {
      const input = draw('zero');
      const right = await ask(answer, input);
      const T = sizes['T']!;
      const last = lastOf(right);
      const without = async (keep: (t: number) => boolean) => lastOf(await ask(answer, withoutSteps(input, T, keep)));
      const shares: Record<string, number> = {
        'every second step': share(await without(everyOther(2)), last),
        'seven of eight steps': share(await without(everyOther(8)), last),
        'three quarters of the steps': share(await without((t) => t < (3 * T) / 4), last),
        'half of the features': share(await ask(answer, halfOfTheFeatures(input, T)), right),
        'inputs in bfloat16': share(await ask(answer, rounded(input, 'bfloat16')), right),
        'inputs in eight bits': share(await ask(answer, rounded(input, 'int8')), right),
        'the answer in bfloat16': share(rounded({ right }, 'bfloat16')['right'] as HostTensor, right),
      };
      for (const W of [32, T / 4, T / 2, (3 * T) / 4, T - 1].filter((window) => window < T))
        shares[`the last ${W} steps`] = share(await without((t) => t >= T - W), last);
      if (right.shape.length > 3 || right.shape[0]! > 1) shares["another row's answer"] = share(otherRow(right), right);
      expect(Object.entries(shares).filter(([, found]) => !(found > wrong))).toEqual([]);
    });

    test.for(answer === candidate ? [] : seeds)("the kit's own parallel pass is right by far, for seed %s", async (seed) => {
      const input = draw(seed);
      expect(share(await ask(candidate, input), await ask(answer, input))).toBeLessThan(honest);
    });

    test('no number, given or answered, is so small that processors compute slowly with it', async () => {
      const input = draw('zero');
      const numbers = [
        ...Object.values(input).flatMap((value) => (typeof value === 'number' ? [] : [...value.data])),
        ...(await ask(answer, input)).data,
      ];
      expect(numbers.filter((value) => value !== 0 && Math.abs(value) < 2 ** -126)).toEqual([]); // float32 has fewer digits below
    });
  },
);

/** The first of the named outputs, which runs over time. */
const theOne = (answer: unknown) => Object.values(answer as Record<string, HostTensor>)[0]!;
