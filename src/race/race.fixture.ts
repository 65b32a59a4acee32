import { expect } from 'vitest';

import { Examination } from '../check/examination.ts';
import { Draw } from '../check/random.ts';
import { makeExercise } from '../course/exercise.fixture.ts';
import type { DeviceReport } from '../device/device.ts';
import { type PassInput, type Subject } from '../subject/subject.ts';
import { HostTensor } from '../subject/value.ts';
import { replayPass } from './again.ts';
import { race } from './race.ts';
import { echoPass, productPass } from './rival.ts';

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
): Subject {
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
    settle: async () => undefined,
    record: async () => ({ text: '', constants: [] }),
    adopt: async () => undefined,
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

/** Runs one race and gives its record, or what ended it. */
export async function runRace(kit: Subject, learner: Subject, raced = exercise) {
  let closed = 0;
  const examination = new Examination(
    raced,
    learner,
    new Draw('seed', 'race'),
    { passes: {}, misconceptions: {} },
    {
      openRival: () => ({ subject: kit, close: async () => void closed++ }),
      reduced: false,
      progress: () => undefined,
      racing: { error: 0.01 },
    },
  );
  const ended = await race((draw, { T = 0 }) => ({ x: draw.normal([T]) }))(examination).catch((error: unknown) => error);
  return { ended, race: examination.race, closed };
}
