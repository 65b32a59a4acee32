import { spawn } from 'node:child_process';

import { Random } from '../src/check/random.ts';
import { toTensor } from '../src/check/nested.ts';
import { chooseExercises } from '../src/course/select.ts';
import { readCourse } from '../src/course/course.ts';
import { chooseDevice } from '../src/device/probe.ts';
import { compileSession } from '../src/run/compile-session.ts';
import { makePlan } from '../src/run/plan.ts';
import { raceRounds, warmUps, type PassesUnderTest, type Thresholds, type TimedCall } from '../src/race/rounds.ts';
import type { Verdict } from '../src/race/sequential-test.ts';
import { pinTogether } from '../src/race/pinning.ts';
import { ratiosOf } from '../src/result/race.ts';
import { median } from '../src/result/statistics.ts';
import { BoxKeeper } from '../src/box/keeper.ts';
import { BoxedSubject } from '../src/box/boxed-subject.ts';
import { compileExercise, readSolution } from '../src/run/exercise-module.ts';

// `npm run noise -- [trials] [device]`: races whose truth is known, with a processor hog on the other core. The figures go into docs/race.md.

const trials = Number(process.argv[2] ?? 150);
const device = await chooseDevice((process.argv[3] ?? 'tensorflow') as 'tensorflow');
const threshold = 1.1; // of the races between identical passes
const [calls, far] = [3, 1.5]; // three calls against one, and a threshold that lies 1.5 times below what that turns out to be
const clearly = 2; // times what is asked, so that rounds are short
const longCalls = 20; // a baseline so long that a round is one ABBA block, in which the short passes are timed twice
const pilots = 5; // races of nine rounds each, before the others, to find out

const [exercise] = chooseExercises(readCourse(), ['15']);
if (exercise === undefined) throw new Error('exercise 15 is gone');
const { box } = (await compileSession(makePlan({ exercises: [], device, seed: 'noise', races: false }), [])).compiled;
const module = await compileExercise(exercise, readSolution(exercise));
const random = new Random('noise', 'inputs');

const [B, T, H] = [4, 256, 16];
const inputs = Array.from({ length: 8 }, () => ({
  a: toTensor(random.uniform([B, T, H])),
  b: toTensor(random.normal([B, T, H])),
  h0: toTensor(random.normal([B, H])),
}));

/** The parallel scan in a box of its own, `calls` times in a row: milliseconds of all. */
function passOf(calls: number): { call: TimedCall; subject: BoxedSubject; close: () => Promise<void> } {
  const keeper = new BoxKeeper({ ...box, limits: { ...box.limits, exerciseMs: Infinity } });
  const subject = new BoxedSubject(device, keeper, module);
  const call = async () => {
    let sum = 0;
    for (let turn = 0; turn < calls; turn++) {
      await subject.stage(inputs[turn % inputs.length] ?? {});
      sum += (await subject.runStaged('linearRecurrenceParallel')).durationMs;
    }
    return sum;
  };
  return { call, subject, close: () => keeper.close() };
}

/** The speed-up itself: the first of three calls in a row finds other caches than the third, so it is not three. */
async function findRatio(passes: PassesUnderTest): Promise<number> {
  const ratios: number[] = [];
  for (let pilot = 0; pilot < pilots; pilot++) ratios.push(...ratiosOf(await raceRounds(passes, { threshold: 1e-3 }, { beforeRound })));
  return median(ratios);
}

/** Verdicts and rounds of many races. */
async function repeat(what: string, passes: PassesUnderTest, thresholds: Thresholds) {
  const verdicts: Record<Verdict, number> = { faster: 0, 'not-faster': 0, 'cannot-tell': 0 };
  const rounds: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const raced = await raceRounds(passes, thresholds, { beforeRound });
    verdicts[raced.verdict]++;
    rounds.push(raced.rounds.length);
    process.stderr.write(`\r${what}: ${trial + 1} of ${trials} races `);
  }
  process.stderr.write('\n');
  const quick = rounds.filter((count) => count <= 16).length / trials;
  const mean = rounds.reduce((sum, count) => sum + count, 0) / trials;
  console.log(
    `| ${what} | ${trials} | ${(thresholds.share ?? thresholds.threshold).toFixed(2)} | ${verdicts.faster} | ${verdicts['not-faster']} | ${verdicts['cannot-tell']} | ${mean.toFixed(1)} | ${(100 * quick).toFixed(0)} % |`,
  );
}

/** A pass that seems four times as fast in the calls before the first round. */
const misleading =
  (call: TimedCall): TimedCall =>
  async (input) =>
    (await call(input)) / (input < warmUps ? 4 : 1);

const hog = spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'ignore' });
const [one, other, heavy, long] = [passOf(1), passOf(1), passOf(calls), passOf(longCalls)];
const boxes = [one, other, heavy, long];
const beforeRound = pinTogether(boxes.map(({ subject }) => subject));
try {
  console.log(`${device.name} ${device.version ?? ''} (${device.kind}), a processor hog on the other core\n`);
  console.log(
    '| race | races | asked | faster | not faster | cannot tell | mean rounds | decided within 16 rounds |\n|---|---|---|---|---|---|---|---|',
  );
  await repeat('identical passes', { baseline: one.call, candidate: other.call }, { threshold });
  await repeat(
    'identical passes, where the warm-up misled and rounds are short',
    { baseline: one.call, candidate: misleading(other.call) },
    { threshold },
  );
  const uneven = { baseline: heavy.call, candidate: other.call };
  const truth = await findRatio(uneven);
  await repeat(`${far} times what is asked (${truth.toFixed(2)})`, uneven, { threshold: truth / far });
  await repeat(`${clearly} times what is asked`, uneven, { threshold: truth / clearly });
  const three = { baseline: long.call, reference: one.call, candidate: other.call };
  await repeat(`${far} times the share that is asked, beside a long baseline`, three, { threshold, share: 1 / far });
} finally {
  hog.kill();
  for (const { close } of boxes) await close();
}
