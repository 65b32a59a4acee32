import { expect, test } from 'vitest';

import { makeExercise } from '../../test/support/exercise.ts';
import { SubjectFailure, type RacingSubject } from '../wire/subject.ts';
import { HostTensor } from '../wire/tensor.ts';
import { replayPass } from './replay.ts';
import { whyImplausible } from './plausible.ts';
import { exercise, makeSubject, runRace, wasm } from '../../test/support/race.ts';

test('an answer sooner than it can be moved is implausible, not fast, and so is ten times the reference', async () => {
  const { ended, race: found } = await runRace(makeSubject(10), makeSubject(0.1));
  expect(found).toMatchObject({ verdict: 'implausible', reason: expect.stringContaining('takes this device 0.400 ms') });
  expect(ended).toMatchObject({ name: 'NotMeasured', message: expect.stringContaining('takes this device 0.400 ms') });
  const bounds = [{ ms: 0.4, what: 'to move it takes' }];
  expect(whyImplausible(1, bounds, 9)).toBeUndefined();
  expect(whyImplausible(1, bounds, 11)).toMatch(/10 times as fast as the kit's own parallel pass/);
});

test('an answer sooner than its multiplications take at this device’s best rate is implausible', async () => {
  const { race: raced } = exercise;
  const heavy = makeExercise({ race: { ...raced!, leastFlops: 2 * 2 * 1024 ** 3 } }); // twice the product that takes 2 ms
  expect((await runRace(makeSubject(10), makeSubject(1.9), heavy)).ended).toMatchObject({
    name: 'NotMeasured',
    message: expect.stringContaining('the 4.3 billion multiplications and additions that it cannot do without take this device 4.000 ms'),
  });
  expect((await runRace(makeSubject(10), makeSubject(2.1), heavy)).race?.verdict).toBe('faster');
});

const kit = makeSubject(10);
let replays = 0;
const nothing = { y: new HostTensor([3], 'float32', new Float32Array(3)) };
test.for<[string, Partial<RacingSubject>, string]>([
  ['are slow', makeSubject(10, 2, wasm, { [replayPass]: 9 }), 'when the kit runs them again: 1.11 times, the median of 9 pairs'],
  [
    'are fast in two runs of three',
    {
      runStaged: async (pass) => ({
        ...(await kit.runStaged(pass)),
        ...(pass === replayPass ? { durationMs: replays++ % 3 === 0 ? 9 : 1 } : {}),
      }),
    },
    'the median of 48 pairs',
  ],
  [
    'cannot be run',
    { install: () => Promise.reject(new SubjectFailure('threw', 'no such kernel')) },
    'cannot be run again by the kit: no such',
  ],
  [
    'give another answer',
    { runStaged: async (pass) => ({ ...(await kit.runStaged(pass)), ...(pass === replayPass ? { answer: nothing } : {}) }) },
    'a wrong answer',
  ],
])('a pass that is fast by kernels that %s in a replay by the kit is implausible', async ([, again, words]) => {
  const { ended, race: found } = await runRace({ ...kit, ...again }, makeSubject(1));
  expect(found?.verdict).toBe('implausible');
  expect(ended).toMatchObject({ name: 'NotMeasured', message: expect.stringContaining(words) });
});
