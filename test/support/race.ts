import { expect } from 'vitest';

import { Examination } from '../../src/check/examination.ts';
import { Random } from '../../src/check/random.ts';
import { makeExercise } from './exercise.ts';
import type { DeviceReport } from '../../src/result/device.ts';
import { type PassInput, type RacingSubject } from '../../src/wire/subject.ts';
import { HostTensor } from '../../src/wire/tensor.ts';
import { replayPass } from '../../src/race/replay.ts';
import { race } from '../../src/race/race.ts';
import { echoPass, productPass } from '../../src/race/probes.ts';

export const threshold = { speedup: 2, from: 'a test' };
export const exercise = makeExercise({
  race: { baseline: 'kitPass', candidate: 'learnerPass', sizes: { T: 3 }, thresholds: { wasm: { ...threshold, provisional: false } } },
});
export const wasm: DeviceReport = { name: 'wasm', usable: true, kind: 'cpu', version: '1', reason: 'a test' };

/** Doubles its staged input in a stated time, by a factor that is 2 where it is right. */
export function makeSubject(
  durationMs: number,
  factor = 2,
  device = wasm,
  own: Readonly<Record<string, number>> = {},
  stageMs = 1,
): RacingSubject {
  let staged: PassInput = {};
  const times: Readonly<Record<string, number>> = { [echoPass]: 0.4, [productPass]: 2, [replayPass]: 1, ...own };
  const notAsked = () => expect.unreachable();
  return {
    device,
    call: notAsked,
    gradients: notAsked,
    profile: async () => ({ kernels: {}, kernelCount: 3, peakBytes: 0, hostReads: 0 }),
    pause: async () => undefined,
    resume: async () => undefined,
    pinToProcessor: async () => undefined,
    traceKernels: async () => ({ text: '', constants: [] }),
    install: async () => undefined,
    leaks: notAsked,
    memory: notAsked,
    stage: async (input) => {
      staged = input;
      return stageMs;
    },
    runStaged: async (pass) => ({
      answer: {
        y: new HostTensor(
          [3],
          'float32',
          ((staged['x'] ?? staged['y'] ?? new HostTensor([3], 'float32', Float32Array.of(1, 2, 3))) as HostTensor).data.map(
            (value) => (pass === replayPass ? 2 : factor) * value,
          ),
        ),
      },
      durationMs: times[pass] ?? durationMs,
    }),
  };
}

/** Runs one race and gives its result, or what ended it. */
export async function runRace(kit: RacingSubject, learner: RacingSubject, raced = exercise) {
  let closed = 0;
  const examination = new Examination(
    raced,
    learner,
    new Random('seed', 'race'),
    { passes: {}, misconceptions: {} },
    {
      openReplayer: () => expect.unreachable(),
      openReferencePasses: () => ({ subject: kit, close: async () => void closed++ }),
      reduced: false,
      progress: () => undefined,
      racing: { error: 0.01 },
    },
  );
  const ended = await race((random, { T = 0 }) => ({ x: random.normal([T]) }))(examination).catch((error: unknown) => error);
  return { ended, race: examination.noted.race, closed };
}
