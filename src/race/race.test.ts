import { expect, test } from 'vitest';

import { Examination } from '../check/examination.ts';
import { Draw } from '../check/random.ts';
import { makeExercise } from '../course/exercise.fixture.ts';
import type { DeviceReport } from '../device/device.ts';
import { SubjectFailure, type PassInput, type Subject } from '../subject/subject.ts';
import { HostTensor } from '../subject/value.ts';
import { race } from './race.ts';

const threshold = { speedup: 2, from: 'a test' };
const exercise = makeExercise({
  race: { baseline: 'kitPass', candidate: 'learnerPass', sizes: { T: 3 }, thresholds: { wasm: { ...threshold, provisional: false } } },
});
const wasm: DeviceReport = { name: 'wasm', usable: true, kind: 'cpu', version: '1', reason: 'a test' };

/** Doubles its staged input in a stated time, by a factor that is 2 where it is right. */
function makeSubject(durationMs: number, factor = 2, device = wasm): Subject {
  let staged: PassInput = {};
  const notAsked = () => expect.unreachable();
  return {
    device,
    call: notAsked,
    gradients: notAsked,
    profile: notAsked,
    leaks: notAsked,
    residentBytes: notAsked,
    stage: async (input) => void (staged = input),
    runStaged: async () => ({
      answer: {
        y: new HostTensor(
          [3],
          'float32',
          (staged['x'] as HostTensor).data.map((value) => factor * value),
        ),
      },
      durationMs,
    }),
  };
}

/** Runs one race and gives its record, or what ended it. */
async function runRace(kit: Subject, learner: Subject) {
  let closed = 0;
  const examination = new Examination(
    exercise,
    learner,
    new Draw('seed', 'race'),
    { passes: {}, misconceptions: {} },
    {
      openRival: () => ({ subject: kit, close: async () => void closed++ }),
      reduced: false,
      progress: () => undefined,
    },
  );
  const ended = await race((draw, { T = 0 }) => ({ x: draw.normal([T]) }))(examination).catch((error: unknown) => error);
  return { ended, race: examination.race, closed };
}

test('a candidate that is faster than the threshold passes, and the kit’s box is closed', async () => {
  const { ended, race: record, closed } = await runRace(makeSubject(10), makeSubject(1));
  expect({ ended, closed }).toEqual({ ended: undefined, closed: 1 });
  expect(record).toMatchObject({
    verdict: 'faster',
    speedup: expect.closeTo(10, 6),
    baselineMs: 10,
    candidateMs: 1,
    threshold: 2,
    sizes: { T: 3 },
  });
  expect(record?.ratios).toHaveLength(9);
});

test('a slower one is too slow, and says how slow', async () => {
  const { ended } = await runRace(makeSubject(10), makeSubject(9));
  expect(ended).toMatchObject({ name: 'CheckFailure', failureCause: 'too-slow', message: expect.stringContaining('1.11 times as fast') });
});

test('a wrong answer in a timed run fails, however fast', async () => {
  const { ended } = await runRace(makeSubject(10), makeSubject(0.1, 3));
  expect(ended).toMatchObject({
    name: 'CheckFailure',
    failureCause: 'wrong-value',
    message: expect.stringContaining('in a timed run of learnerPass'),
  });
});

test('where no honest threshold can be nothing is measured', async () => {
  const cpu: DeviceReport = { ...wasm, name: 'cpu' };
  const tensorflow: DeviceReport = { ...wasm, name: 'tensorflow' };
  expect((await runRace(makeSubject(10), makeSubject(1, 2, cpu))).ended).toMatchObject({
    name: 'NotMeasured',
    message: expect.stringContaining('never timed'),
  });
  expect((await runRace(makeSubject(10), makeSubject(1, 2, tensorflow))).ended).toMatchObject({
    name: 'NotMeasured',
    message: expect.stringContaining('tensorflow-cpu'),
  });
});

test('a failure of the kit’s own pass is never the learner’s', async () => {
  const kit: Subject = { ...makeSubject(10), runStaged: () => Promise.reject(new SubjectFailure('timeout', 'kitPass did not return')) };
  const { ended, closed } = await runRace(kit, makeSubject(1));
  expect(ended).not.toBeInstanceOf(SubjectFailure);
  expect(ended).toMatchObject({ message: "the kit's own pass failed in its box: kitPass did not return" });
  expect(closed).toBe(1);
});
