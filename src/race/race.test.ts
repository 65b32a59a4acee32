import { expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import type { DeviceReport } from '../result/device.ts';
import { SubjectFailure, type RacingSubject } from '../wire/subject.ts';
import { HostTensor } from '../wire/tensor.ts';
import { exercise, makeSubject, runRace, threshold, wasm } from '../../test/support/race.ts';

test('a candidate that is faster than the threshold passes, and the kit’s box is closed', async () => {
  const { ended, race: found, closed } = await runRace(makeSubject(10), makeSubject(1));
  expect({ ended, closed }).toEqual({ ended: undefined, closed: 1 });
  expect(found).toMatchObject({
    verdict: 'faster',
    speedup: expect.closeTo(10, 6),
    baselineMs: 10,
    candidateMs: 1,
    threshold: 2,
    sizes: { T: 3 },
  });
  expect(found?.rounds).toHaveLength(9);
  expect(found?.rounds[0]).toEqual({
    ratio: expect.closeTo(10, 6),
    baselineMs: Array(10).fill(10),
    candidateMs: Array(10).fill(1),
  });
});

test('a slower one is too slow, and says how slow', async () => {
  const { ended } = await runRace(makeSubject(10), makeSubject(9));
  expect(ended).toMatchObject({ name: 'CheckFailure', failureCause: 'too-slow', message: expect.stringContaining('1.11 times as fast') });
});

test('where a share of the reference’s speed-up is asked for, the reference is raced against too', async () => {
  const { race: raced } = exercise;
  const shared = makeExercise({ race: { ...raced!, thresholds: { wasm: { ...threshold, share: 0.5, provisional: false } } } });
  const kit = makeSubject(10, 2, wasm, { learnerPass: 1 });
  expect((await runRace(kit, makeSubject(1.5), shared)).race).toMatchObject({
    verdict: 'faster',
    share: 0.5,
    referenceMs: 1,
    rounds: expect.arrayContaining([expect.objectContaining({ share: expect.closeTo(1 / 1.5, 6), referenceMs: Array(10).fill(1) })]),
  });
  const { ended, race: found } = await runRace(kit, makeSubject(3), shared);
  expect(found).toMatchObject({ verdict: 'not-faster', speedup: expect.closeTo(3.33, 2) }); // above the threshold, and below half of what is possible here
  expect(ended).toMatchObject({ failureCause: 'too-slow', message: expect.stringContaining('50 % of what the kit') });
});

test('a learner’s own loop far slower than the kit’s fails, and one that does not run is left out', async () => {
  const learner = (own: number) => makeSubject(1, 2, wasm, { kitPass: own });
  expect((await runRace(makeSubject(10), learner(60))).ended).toMatchObject({
    failureCause: 'too-slow',
    message: expect.stringContaining("your own kitPass takes 6.0 times as long as the kit's"),
  });
  expect((await runRace(makeSubject(10), learner(20))).ended).toBeUndefined();
  const unwritten = makeSubject(1);
  const run = unwritten.runStaged.bind(unwritten);
  unwritten.runStaged = (pass) => (pass === 'kitPass' ? Promise.reject(new SubjectFailure('threw', 'still to be written')) : run(pass));
  expect((await runRace(makeSubject(10), unwritten)).ended).toBeUndefined();
});

test('below a provisional threshold nothing is lost', async () => {
  const { race: raced } = exercise;
  const unmeasured = makeExercise({ race: { ...raced!, thresholds: { wasm: { ...threshold, provisional: true } } } });
  const { ended, race: found } = await runRace(makeSubject(10), makeSubject(9), unmeasured);
  expect(found).toMatchObject({ verdict: 'not-faster', provisional: true });
  expect(ended).toMatchObject({
    name: 'NotMeasured',
    message: expect.stringContaining('it has not been measured on this class of devices yet'),
  });
});

test('the interval shown is that of the verdict', async () => {
  const { race: found } = await runRace(makeSubject(10), makeSubject(1));
  expect(found).toMatchObject({ interval: { low: expect.closeTo(10, 6), high: expect.closeTo(10, 6) }, error: 0.01 });
});

test('where the baseline is another function, the answers of the one that is named are the right ones', async () => {
  const { race: raced } = exercise;
  const other = makeExercise({ race: { ...raced!, answer: 'learnerPass' } });
  const kit: RacingSubject = {
    ...makeSubject(10, 7),
    call: async (_pass, input) => ({
      y: new HostTensor(
        [3],
        'float32',
        (input['x'] as HostTensor).data.map((value) => 2 * value),
      ),
    }),
  };
  expect((await runRace(kit, makeSubject(1), other)).race?.verdict).toBe('faster');
  expect((await runRace(kit, makeSubject(1))).ended).toMatchObject({ failureCause: 'wrong-value' });
});

test('what staging takes longer in the learner’s box than in the kit’s is billed to the learner', async () => {
  const { race: found } = await runRace(makeSubject(10), makeSubject(1, 2, wasm, {}, 10));
  expect(found).toMatchObject({ verdict: 'not-faster', candidateMs: 10 }); // 1 ms, and 9 ms longer at staging
});

test('a pass that reads back to the host, or runs no kernel, is not timed at all', async () => {
  const profiled = (facts: object): RacingSubject => ({
    ...makeSubject(1),
    profile: async () => ({ kernels: {}, kernelCount: 3, peakBytes: 0, hostReads: 0, ...facts }),
  });
  for (const facts of [{ hostReads: 2 }, { kernelCount: 0 }])
    expect((await runRace(makeSubject(10), profiled(facts))).ended).toMatchObject({ failureCause: 'broken-rule' });
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
  const kit: RacingSubject = {
    ...makeSubject(10),
    runStaged: () => Promise.reject(new SubjectFailure('timeout', 'kitPass did not return')),
  };
  const { ended, closed } = await runRace(kit, makeSubject(1));
  expect(ended).not.toBeInstanceOf(SubjectFailure);
  expect(ended).toMatchObject({ message: "the kit's own pass failed in its box: kitPass did not return" });
  expect(closed).toBe(1);
});

test('an own loop that answers wrongly in a timed run is not timed, and a slow one that is right is too slow', async () => {
  const learner = makeSubject(1, 2, wasm, { kitPass: 1000 });
  const wrong: RacingSubject = {
    ...learner,
    runStaged: async (pass) =>
      pass === 'kitPass'
        ? { answer: { y: new HostTensor([3], 'float32', new Float32Array(3)) }, durationMs: 1000 }
        : learner.runStaged(pass),
  };
  expect((await runRace(makeSubject(10), wrong)).ended).toBeUndefined();
  expect((await runRace(makeSubject(10), learner)).ended).toMatchObject({ failureCause: 'too-slow' });
});

test('a slow own loop that remembers its answers is too slow all the same: no input comes twice', async () => {
  const learner = makeSubject(1);
  const known = new Set<string>();
  let staged = '';
  const remembering: RacingSubject = {
    ...learner,
    stage: async (input) => {
      staged = String((input['x'] as HostTensor).data);
      return learner.stage(input);
    },
    runStaged: async (pass) => {
      const { answer, durationMs } = await learner.runStaged(pass);
      if (pass !== 'kitPass') return { answer, durationMs };
      const first = !known.has(staged);
      known.add(staged);
      return { answer, durationMs: first ? 1000 : 1 };
    },
  };
  expect((await runRace(makeSubject(10), remembering)).ended).toMatchObject({ failureCause: 'too-slow' });
});
