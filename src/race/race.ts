import type { Examination } from '../check/examination.ts';
import { CheckFailure, NotMeasured } from '../check/failure.ts';
import { compareNumbers } from '../check/compare.ts';
import type { Named } from '../check/nested.ts';
import type { Draw } from '../check/random.ts';
import { toleranceOf, type Tolerance } from '../check/tolerance.ts';
import type { DeviceClass, Race } from '../course/exercise.ts';
import type { DeviceReport } from '../device/device.ts';
import type { RaceRecord } from '../result.ts';
import { SubjectFailure, type Subject } from '../subject/subject.ts';
import { HostTensor, isBranch, type Tree } from '../subject/value.ts';
import { describeSamples, raceRounds, type Rounds } from './rounds.ts';

type Sizes = Readonly<Record<string, number>>;

/**
 * The body of a check that races the learner's pass against the kit's own sequential pass, each in a box of its own. `inputs` draws one fresh
 * input of the raced sizes.
 */
export function race(inputs: (draw: Draw, sizes: Sizes) => Named) {
  return async (examination: Examination): Promise<void> => {
    const { exercise, subject } = examination;
    const plan = exercise.race;
    if (plan === undefined) throw new Error(`${exercise.id}: exercise.yaml has no race`);
    const threshold = thresholdFor(plan, subject.device);
    const rival = examination.openRival();
    try {
      const rounds = await runRace(plan, rival.subject, subject, threshold, () =>
        examination.toPassInput(inputs(examination.draw, plan.sizes)),
      );
      examination.race = await recordRace(plan, threshold, rounds);
    } finally {
      await rival.close();
    }
    conclude(examination.race);
  };
}

function conclude({ verdict, candidate, speedup, threshold, ratios, baselineMs, candidateMs }: RaceRecord): void {
  const figures = `${candidate} took ${candidateMs.toFixed(1)} ms against ${baselineMs.toFixed(1)} ms of the kit's sequential pass, ${speedup.toFixed(2)} times as fast (median of ${ratios.length} rounds)`;
  if (verdict === 'not-faster') throw new CheckFailure('too-slow', `${figures}; more than ${threshold} times is asked for`);
  if (verdict === 'cannot-tell')
    throw new NotMeasured(`${figures}: too close to the ${threshold} times asked for, or this machine is too noisy, to decide`);
}

/** The threshold for this device. Throws `NotMeasured` where no honest one can be. */
function thresholdFor(plan: Race, device: DeviceReport): number {
  const deviceClass = classOf(device);
  if (deviceClass === undefined)
    throw new NotMeasured(`the device ${device.name} (${device.kind}) is never timed: its speed says nothing about a GPU`);
  const threshold = plan.thresholds[deviceClass];
  if (threshold === undefined) throw new NotMeasured(`this exercise has no threshold for ${deviceClass}`);
  return threshold.speedup;
}

/** The class of devices whose thresholds hold here; `undefined` for software adapters and plain JavaScript. */
export function classOf({ name, kind }: DeviceReport): DeviceClass | undefined {
  if (name === 'tensorflow') return kind === 'gpu' ? 'cuda' : 'tensorflow-cpu';
  if (name === 'webgpu') return kind === 'gpu' ? 'webgpu-gpu' : undefined;
  return name === 'wasm' ? 'wasm' : undefined;
}

/** Both arms get the same fresh inputs; the kit's answers are what the learner's are held against. */
async function runRace(
  plan: Race,
  kit: Subject,
  learner: Subject,
  threshold: number,
  freshInput: () => ReturnType<Examination['toPassInput']>,
): Promise<Rounds> {
  const inputs: (ReturnType<Examination['toPassInput']> | undefined)[] = [];
  const answers: (Record<'kit' | 'learner', Tree | undefined> | undefined)[] = [];
  const right = plan.answer ?? plan.baseline;
  const tolerance = toleranceOf(learner.device, 100, 'a long sequence adds up many roundings, and the two passes add in different orders');
  const timed = (arm: 'kit' | 'learner', subject: Subject, pass: string) => async (index: number) => {
    await subject.stage((inputs[index] ??= freshInput()));
    const { answer, durationMs } = await subject.runStaged(pass);
    const { [index]: both = { kit: undefined, learner: undefined } } = answers;
    both[arm] = arm === 'learner' || right === plan.baseline ? answer : await subject.call(right, inputs[index]); // outside the timed half
    answers[index] = both;
    if (both.kit === undefined || both.learner === undefined) return durationMs;
    requireSame(plan.candidate, numbersOf(both.learner), numbersOf(both.kit), tolerance);
    [inputs[index], answers[index]] = [undefined, undefined]; // both arms have had it: the next rounds need the memory
    return durationMs;
  };
  const baseline = timed('kit', kit, plan.baseline);
  return raceRounds((index) => baseline(index).catch(blameTheKit), timed('learner', learner, plan.candidate), threshold);
}

/** Whatever the kit's own pass does is no failure of the learner's. */
function blameTheKit(error: unknown): never {
  throw error instanceof SubjectFailure ? new Error(`the kit's own pass failed in its box: ${error.message}`, { cause: error }) : error;
}

function numbersOf(answer: Tree): Record<string, HostTensor> {
  const named = isBranch(answer) ? answer : { answer };
  return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, HostTensor] => entry[1] instanceof HostTensor));
}

function requireSame(pass: string, learner: Record<string, HostTensor>, kit: Record<string, HostTensor>, tolerance: Tolerance): void {
  for (const [name, expected] of Object.entries(kit)) {
    const actual = learner[name];
    if (actual?.data.length !== expected.data.length)
      throw new CheckFailure('wrong-shape', `in a timed run of ${pass} the answer had no ${name} of the right size`);
    const { difference } = compareNumbers(name, actual.data, expected.data, expected.shape, tolerance);
    if (difference !== undefined)
      throw new CheckFailure(difference.cause, `in a timed run of ${pass} the answer was wrong: ${difference.message}`);
  }
}

async function recordRace(plan: Race, threshold: number, { verdict, ratios, baselineMs, candidateMs }: Rounds): Promise<RaceRecord> {
  const [baseline, candidate, speedup] = [
    await describeSamples('baseline', baselineMs),
    await describeSamples('candidate', candidateMs),
    await describeSamples('ratio', ratios),
  ];
  return {
    verdict,
    threshold,
    ratios: [...ratios],
    speedup: speedup.p50,
    baselineMs: baseline.p50,
    candidateMs: candidate.p50,
    sizes: { ...plan.sizes },
    baseline: plan.baseline,
    candidate: plan.candidate,
  };
}
