import { compareNumbers } from '../check/compare.ts';
import { CheckFailure } from '../check/failure.ts';
import { toleranceOf, type Tolerance } from '../check/tolerance.ts';
import type { Race, Threshold } from '../course/exercise.ts';
import { SubjectFailure, type PassInput, type Subject } from '../subject/subject.ts';
import { HostTensor, isBranch, type Tree } from '../subject/value.ts';
import { whyNotAgain } from './again.ts';
import { boundOfComputing, boundOfMoving, whyImplausible } from './plausible.ts';
import { describeSamples, raceRounds, type RaceOptions, type Rounds, type TimedCall } from './rounds.ts';
import { median } from './sign-test.ts';

/** Milliseconds of three passes on the same input, one for each turn. */
export interface Timings {
  /** The kit's sequential pass. */
  readonly baseline: readonly number[];
  /** The learner's own sequential pass; empty where it does not run. */
  readonly own: readonly number[];
  /** The learner's parallel pass. */
  readonly candidate: readonly number[];
}

/** Answers to one input, until everybody has given theirs. */
interface Heat {
  readonly input: PassInput;
  right: Tree | undefined;
  learner: Tree | undefined;
  left: number;
}

/** Where the passes run: every arm gets the same fresh inputs, and the kit's answers are what the learner's are held against. */
export class Track {
  readonly #plan: Race;
  readonly #kit: Subject;
  readonly #learner: Subject;
  readonly #draw: (sizes: Race['sizes']) => PassInput;
  readonly #tolerance: Tolerance;
  readonly #heats = new Map<number, Heat>();
  /** What staging took in the kit's box, milliseconds. */
  readonly #kitStageMs: number[] = [];
  #answer: Tree | undefined;
  /** Why the learner's own sequential pass is not timed, where it is not. */
  whyNotOwn: string | undefined;

  constructor(plan: Race, kit: Subject, learner: Subject, draw: (sizes: Race['sizes']) => PassInput) {
    [this.#plan, this.#kit, this.#learner, this.#draw] = [plan, kit, learner, draw];
    this.#tolerance = toleranceOf(
      learner.device,
      100,
      'a long sequence adds up many roundings, and the two passes add in different orders',
    );
  }

  run({ speedup, share }: Threshold, options: RaceOptions): Promise<Rounds> {
    const { baseline, candidate, answer = baseline } = this.#plan;
    const kits = [baseline, ...(share === undefined ? [] : [candidate])];
    const arms = kits.length + 1;
    const kit =
      (pass: string): TimedCall =>
      (index) =>
        this.#time(this.#kit, pass, index, arms, async (heat, given) => {
          if (pass === answer) heat.right = given;
          else if (!kits.includes(answer)) heat.right ??= await this.#kit.call(answer, heat.input); // outside the timed half
        }).catch(blameTheKit);
    const learner: TimedCall = (index) => this.#time(this.#learner, candidate, index, arms, (heat, given) => void (heat.learner = given));
    return raceRounds(
      { baseline: kit(baseline), ...(share === undefined ? {} : { reference: kit(candidate) }), candidate: learner },
      { threshold: speedup, ...(share === undefined ? {} : { share }) },
      { ...options, settle: settleTogether([this.#kit, this.#learner]) },
    );
  }

  /** Times the passes in turns on a fresh input of these sizes, after one call each that is not timed. */
  async timeAt(sizes: Race['sizes'], turns: number): Promise<Timings> {
    const input = this.#draw(sizes);
    const once = async (subject: Subject, pass: string) => (await this.#lap(subject, pass, input)).durationMs;
    const [baseline, own, candidate]: [number[], number[], number[]] = [[], [], []];
    for (let turn = 0; turn <= turns; turn++) {
      baseline.push(await once(this.#kit, this.#plan.baseline).catch(blameTheKit));
      candidate.push(await once(this.#learner, this.#plan.candidate));
      if (this.whyNotOwn === undefined)
        own.push(
          ...(await once(this.#learner, this.#plan.baseline)
            .then((ms) => [ms])
            .catch((error: unknown) => this.#leaveOut(error))),
        );
    }
    return { baseline: baseline.slice(1), own: own.slice(1), candidate: candidate.slice(1) };
  }

  /** A learner's sequential pass that does not run is another check's matter: the race goes on without it. */
  #leaveOut(error: unknown): [] {
    if (!(error instanceof SubjectFailure)) throw error;
    this.whyNotOwn = error.message;
    return [];
  }

  /** One timed call. The last of the arms on an input sees to it that the learner's answer was right. */
  async #time(
    subject: Subject,
    pass: string,
    index: number,
    arms: number,
    keep: (heat: Heat, answer: Tree) => void | Promise<void>,
  ): Promise<number> {
    const heat = this.#heats.get(index) ?? { input: this.#draw(this.#plan.sizes), right: undefined, learner: undefined, left: arms };
    this.#heats.set(index, heat);
    const { answer, durationMs } = await this.#lap(subject, pass, heat.input);
    await keep(heat, answer);
    if (--heat.left > 0) return durationMs;
    this.#heats.delete(index); // everybody has had this input: the next rounds need the memory
    if (heat.learner !== undefined && heat.right !== undefined)
      requireSame(this.#plan.candidate, numbersOf(heat.learner), numbersOf(heat.right), this.#tolerance);
    this.#answer = heat.right;
    return durationMs;
  }

  /**
   * Stages and runs, while whatever the learner's box left running stands still in the kit's laps. What staging takes longer in the learner's box than in the kit's is
   * billed to the learner's pass: an answer worked out while its input is being staged gains nothing.
   */
  async #lap(subject: Subject, pass: string, input: PassInput): Promise<{ answer: Tree; durationMs: number }> {
    const own = subject === this.#learner;
    await (own ? this.#learner.resume() : this.#learner.pause());
    const stageMs = await subject.stage(input);
    const { answer, durationMs } = await subject.runStaged(pass);
    if (own) return { answer, durationMs: durationMs + Math.max(0, stageMs - median(this.#kitStageMs)) };
    this.#kitStageMs.push(stageMs);
    return { answer, durationMs };
  }

  /** Why the learner's times cannot be true, where they cannot. */
  async whyImplausible({ verdict, candidateMs, referenceMs }: Rounds, threshold: number): Promise<string | undefined> {
    if (verdict !== 'faster' || this.#answer === undefined) return undefined;
    const { leastFlops } = this.#plan;
    const bounds = [
      await boundOfMoving(this.#kit, this.#answer).catch(blameTheKit),
      ...(leastFlops === undefined ? [] : [await boundOfComputing(this.#kit, leastFlops).catch(blameTheKit)]),
    ];
    const reference = referenceMs.length === 0 ? undefined : (await describeSamples('reference', referenceMs)).p50;
    const { p50 } = await describeSamples('candidate', candidateMs);
    return whyImplausible(p50, bounds, reference) ?? (await this.#whyNotAgain(threshold));
  }

  #whyNotAgain(threshold: number): Promise<string | undefined> {
    const { baseline, candidate, answer = baseline, sizes } = this.#plan;
    return whyNotAgain({
      kit: this.#kit,
      learner: this.#learner,
      ...{ baseline, candidate, threshold },
      draw: () => this.#draw(sizes),
      check: async (input, replayed, ofBaseline) => {
        const right = answer === baseline ? ofBaseline : await this.#kit.call(answer, input);
        requireSame(candidate, numbersOf(replayed), numbersOf(right), this.#tolerance);
      },
    });
  }
}

/**
 * Puts all boxes on the same processor before each round, and on another every second round: a round that was lost because a neighbour sat on one of them says nothing about
 * the next. The test behind the verdict needs that.
 */
export function settleTogether(subjects: readonly Pick<Subject, 'settle'>[]): (round: number) => Promise<void> {
  return async (round) => {
    for (const subject of subjects) await subject.settle(Math.floor(round / 2));
  };
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
