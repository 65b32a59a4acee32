import type { Closeness, Examination } from '../check/examination.ts';
import { CheckFailure, NotMeasured } from '../check/failure.ts';
import type { Named } from '../check/nested.ts';
import type { Random } from '../check/random.ts';
import type { Race, Threshold } from '../course/exercise.ts';
import { classOf, type DeviceReport } from '../result/device.ts';
import { ratiosOf, type RaceResult } from '../result/race.ts';
import { median } from '../result/statistics.ts';
import { canRace, NotApplicable, type PassInput, type Subject } from '../wire/subject.ts';
import { racedTolerance } from './timed-answer.ts';
import { ceiling, LengthTimer, plotLengths, slownessAboveCeiling } from './lengths.ts';
import type { Rounds } from './rounds.ts';
import { alpha, intervalOf, maxRounds } from './sequential-test.ts';
import { RaceTiming } from './timing.ts';

type Sizes = Readonly<Record<string, number>>;

/**
 * The body of a check that races the learner's pass against the kit's own sequential pass, and against the kit's parallel pass where a share of its speed-up is asked
 * for. The kit's passes run in a box of their own. `inputs` draws one fresh input of the raced sizes, in which every step must matter: what an answer does not show, nobody need compute.
 * `closeness` is given where honest rounding is larger than usual.
 */
export function race(inputs: (random: Random, sizes: never) => Named, closeness?: Exclude<Closeness, 'exactly'>) {
  return async (examination: Examination): Promise<void> => {
    const { exercise, subject } = examination;
    const raced = exercise.race;
    if (raced === undefined) throw new Error(`${exercise.id}: exercise.yaml has no race`);
    const threshold = thresholdFor(raced, subject.device);
    if (!canRace(subject)) throw new NotApplicable('races are not run here; `npx unroll grade` runs them');
    const draw = (sizes: Sizes) => examination.toPassInput(inputs(examination.random, sizes as never)); // exercise.yaml names the sizes
    const reference = examination.openReferencePasses();
    try {
      await requireNoReads(raced, subject, draw(raced.sizes));
      const timing = new RaceTiming(raced, reference.subject, subject, draw, racedTolerance(subject.device, closeness));
      const { error = alpha, before, timeAgainstLength = true } = examination.racing;
      const timer = timeAgainstLength ? new LengthTimer(raced, timing) : undefined;
      const rounds = await timing.run(threshold, {
        error,
        before: before?.[exercise.id]?.rounds ?? [],
        ...(timer === undefined ? {} : { afterRound: () => timer.next() }), // rounds are spaced, and meanwhile a length can be timed
        onRound: (done) => examination.progress(done, maxRounds, 'round'),
      });
      const reason = await timing.whyImplausible(rounds, threshold.speedup);
      const result = describeRace(raced, threshold, rounds, error, reason);
      examination.note({ race: result });
      const lengths = (await timer?.finish()) ?? [];
      const curves = plotLengths(raced, lengths, timing.whyNotOwn);
      if (curves !== undefined) examination.show(curves);
      conclude(result);
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

function conclude(result: RaceResult): void {
  const { candidate, speedup, threshold, share, rounds, baselineMs, candidateMs } = result;
  const asked = `more than ${threshold} times${share === undefined ? '' : `, and ${(100 * share).toFixed(0)} % of what the kit's own parallel pass reaches,`}`;
  const figures = `${candidate} took ${candidateMs.toFixed(1)} ms against ${baselineMs.toFixed(1)} ms of the kit's sequential pass, ${speedup.toFixed(2)} times as fast (median of ${rounds.length} rounds)`;
  if (result.verdict === 'implausible')
    throw new NotMeasured(`${candidate} is implausible, not fast: ${result.reason}; a person should look at it`);
  if (result.verdict === 'not-faster' && result.provisional === true)
    throw new NotMeasured(
      `${figures}; ${asked} is asked for, but it has not been measured on this class of devices yet, so it costs no points`,
    );
  if (result.verdict === 'not-faster') throw new CheckFailure('too-slow', `${figures}; ${asked} is asked for`);
  if (result.verdict === 'cannot-tell')
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

/** What the race found, in the form of `result.json`. */
function describeRace(
  { sizes, baseline, candidate }: Race,
  { speedup, share, provisional }: Threshold,
  { verdict, rounds, statistics }: Rounds,
  error: number,
  implausible: string | undefined,
): RaceResult {
  const ratios = ratiosOf({ rounds });
  const interval = intervalOf(ratios, error);
  const common = {
    threshold: speedup,
    ...(provisional ? { provisional } : {}),
    ...(share === undefined ? {} : { share }),
    error,
    speedup: median(ratios),
    baselineMs: statistics.baseline.p50,
    candidateMs: statistics.candidate.p50,
    ...(statistics.reference === undefined ? {} : { referenceMs: statistics.reference.p50 }),
    sizes: { ...sizes },
    baseline,
    candidate,
    rounds: [...rounds],
  };
  if (verdict === 'cannot-tell') return { ...common, verdict, ...(interval === undefined ? {} : { interval }) };
  if (interval === undefined) throw new Error(`a race was decided by ${rounds.length} rounds, which are too few`);
  return implausible === undefined
    ? { ...common, verdict, interval }
    : { ...common, verdict: 'implausible', reason: implausible, interval };
}
