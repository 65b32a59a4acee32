import type { Examination } from '../check/examination.ts';
import { CheckFailure, NotMeasured } from '../check/failure.ts';
import type { Named } from '../check/nested.ts';
import type { Random } from '../check/random.ts';
import { classOf, type DeviceReport } from '../result/device.ts';
import type { Race, Threshold } from '../course/exercise.ts';
import type { RaceResult } from '../result/race.ts';
import { canRace, NotApplicable, type PassInput, type Subject } from '../wire/subject.ts';
import { ceiling, plotLengths, slownessAboveCeiling, timeLengths } from './lengths.ts';
import { describeSamples, type RoundData, type Rounds } from './rounds.ts';
import { alpha, intervalOf, maxRounds } from './sequential-test.ts';
import { RaceTiming } from './timing.ts';

type Sizes = Readonly<Record<string, number>>;

/**
 * The body of a check that races the learner's pass against the kit's own sequential pass, and against the kit's parallel pass where a share of its speed-up is asked
 * for. The kit's passes run in a box of their own. `inputs` draws one fresh input of the raced sizes.
 */
export function race(inputs: (draw: Random, sizes: Sizes) => Named) {
  return async (examination: Examination): Promise<void> => {
    const { exercise, subject } = examination;
    const raced = exercise.race;
    if (raced === undefined) throw new Error(`${exercise.id}: exercise.yaml has no race`);
    const threshold = thresholdFor(raced, subject.device);
    if (!canRace(subject)) throw new NotApplicable('races are not run here; `npx unroll grade` runs them');
    const reference = examination.openReferencePasses();
    try {
      await requireNoReads(raced, subject, examination.toPassInput(inputs(examination.random, raced.sizes)));
      const timing = new RaceTiming(raced, reference.subject, subject, (sizes) =>
        examination.toPassInput(inputs(examination.random, sizes)),
      );
      const { error = alpha, before, timeAgainstLength = true } = examination.racing;
      const earlier = before?.[exercise.id];
      const rounds = await timing.run(threshold, {
        error,
        ...(earlier === undefined ? {} : { before: roundsOf(earlier) }),
        onRound: (done) => examination.progress(done, maxRounds, 'round'),
      });
      const reason = await timing.whyImplausible(rounds, threshold.speedup);
      const result = await describeRace(raced, threshold, rounds, { error, implausible: reason !== undefined });
      examination.note({ race: result });
      const lengths = timeAgainstLength ? await timeLengths(raced, timing) : [];
      const curves = plotLengths(raced, lengths, timing.whyNotOwn);
      if (curves !== undefined) examination.show(curves);
      conclude(result, reason);
      requireUsualLoop(raced, slownessAboveCeiling(lengths, error));
    } finally {
      await subject.resume();
      await reference.close();
    }
  };
}

/** Numbers that were worked out on the host say nothing about the device. */
async function requireNoReads({ candidate }: Race, subject: Subject, input: PassInput): Promise<void> {
  const { hostReads, kernelCount } = await subject.profile(candidate, input);
  if (hostReads > 0)
    throw new CheckFailure(
      'broken-rule',
      `${candidate} reads tensors back to the host ${hostReads} times inside the pass, so nothing is timed: stay in tensors until the end`,
    );
  if (kernelCount === 0)
    throw new CheckFailure('broken-rule', `${candidate} runs no kernel, so nothing is timed: its answer is not computed on the device`);
}

function conclude(record: RaceResult, implausible: string | undefined): void {
  const { verdict, candidate, speedup, threshold, share, ratios, baselineMs, candidateMs } = record;
  const asked = `more than ${threshold} times${share === undefined ? '' : `, and ${(100 * share).toFixed(0)} % of what the kit's own parallel pass reaches,`}`;
  const figures = `${candidate} took ${candidateMs.toFixed(1)} ms against ${baselineMs.toFixed(1)} ms of the kit's sequential pass, ${speedup.toFixed(2)} times as fast (median of ${ratios.length} rounds)`;
  if (implausible !== undefined) throw new NotMeasured(`${candidate} is implausible, not fast: ${implausible}; a person should look at it`);
  if (verdict === 'not-faster' && record.provisional === true)
    throw new NotMeasured(
      `${figures}; ${asked} is asked for, but it has not been measured on this class of devices yet, so it costs no points`,
    );
  if (verdict === 'not-faster') throw new CheckFailure('too-slow', `${figures}; ${asked} is asked for`);
  if (verdict === 'cannot-tell')
    throw new NotMeasured(`${figures}: too close to what is asked for (${asked}), or this machine is too noisy, to decide`);
}

/** The learner's own loop is held against the kit's, so that no parallel pass shines beside a slow one. */
function requireUsualLoop({ baseline }: Race, slowness: number | undefined): void {
  if (slowness === undefined) return;
  throw new CheckFailure(
    'too-slow',
    `your parallel pass is fast enough, but your own ${baseline} takes ${slowness.toFixed(1)} times as long as the kit's (at most ${ceiling} times is usual for a plain loop): look for work in it that could be done once, before the first step`,
  );
}

/** The threshold for this device. Throws `NotMeasured` where no honest one can be. */
function thresholdFor(race: Race, device: DeviceReport): Threshold {
  const deviceClass = classOf(device);
  if (deviceClass === undefined)
    throw new NotMeasured(`the device ${device.name} (${device.kind}) is never timed: its speed says nothing about a GPU`);
  const threshold = race.thresholds[deviceClass];
  if (threshold === undefined) throw new NotMeasured(`this exercise has no threshold for ${deviceClass}`);
  return threshold;
}

/** The rounds of an earlier record, to be carried on. */
function roundsOf({ ratios, shares = [], samples }: RaceResult): RoundData {
  return { ratios, shares, ...(samples ?? { baselineMs: [], referenceMs: [], candidateMs: [] }) };
}

async function describeRace(
  race: Race,
  threshold: Threshold,
  rounds: Rounds,
  { error, implausible }: { error: number; implausible: boolean },
): Promise<RaceResult> {
  const { verdict, ratios, shares, baselineMs, referenceMs, candidateMs } = rounds;
  const middle = async (name: string, samples: readonly number[]) => (await describeSamples(name, samples)).p50;
  const interval = intervalOf(ratios, error);
  return {
    verdict: implausible ? 'implausible' : verdict,
    threshold: threshold.speedup,
    ...(threshold.provisional ? { provisional: true } : {}),
    ...(threshold.share === undefined
      ? {}
      : { share: threshold.share, shares: [...shares], referenceMs: await middle('reference', referenceMs) }),
    ratios: [...ratios],
    samples: { baselineMs: [...baselineMs], referenceMs: [...referenceMs], candidateMs: [...candidateMs] },
    speedup: await middle('ratio', ratios),
    ...(interval === undefined ? {} : { interval }),
    error,
    baselineMs: await middle('baseline', baselineMs),
    candidateMs: await middle('candidate', candidateMs),
    sizes: { ...race.sizes },
    baseline: race.baseline,
    candidate: race.candidate,
  };
}
