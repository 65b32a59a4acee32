import { CheckFailure } from '../check/failure.ts';
import type { Tolerance } from '../check/tolerance.ts';
import type { Race, Threshold } from '../course/exercise.ts';
import { median } from '../result/statistics.ts';
import { SubjectFailure, type PassInput, type RacingSubject } from '../wire/subject.ts';
import type { Tree } from '../wire/tensor.ts';
import { pinTogether } from './pinning.ts';
import { boundOfComputing, boundOfMoving, whyImplausible } from './plausible.ts';
import { whyNotByReplay } from './replay.ts';
import { raceRounds, type RaceOptions, type Rounds, type TimedCall } from './rounds.ts';
import { requireSameAnswer } from './timed-answer.ts';

/** Milliseconds of three passes on the same input, one for each turn. */
export interface Timings {
  /** The kit's sequential pass. */
  readonly baseline: readonly number[];
  /** The learner's own sequential pass; empty where it does not run. */
  readonly own: readonly number[];
  /** The learner's parallel pass. */
  readonly candidate: readonly number[];
}

/** Answers to one input, until all passes have given theirs. */
interface PendingInput {
  readonly input: PassInput;
  right: Tree | undefined;
  learner: Tree | undefined;
  left: number;
}

/** Times the passes under test: every one gets the same fresh inputs, and the kit's answers are what the learner's are held against. */
export class RaceTiming {
  readonly #race: Race;
  readonly #kit: RacingSubject;
  readonly #learner: RacingSubject;
  readonly #makeInput: (sizes: Race['sizes']) => PassInput;
  readonly #tolerance: Tolerance;
  readonly #pending = new Map<number, PendingInput>();
  /** What staging took in the kit's box, milliseconds. */
  readonly #kitStageMs: number[] = [];
  #answer: Tree | undefined;
  /** Why the learner's own sequential pass is not timed, where it is not. */
  whyNotOwn: string | undefined;

  constructor(
    race: Race,
    kit: RacingSubject,
    learner: RacingSubject,
    makeInput: (sizes: Race['sizes']) => PassInput,
    tolerance: Tolerance,
  ) {
    this.#race = race;
    this.#kit = kit;
    this.#learner = learner;
    this.#makeInput = makeInput;
    this.#tolerance = tolerance;
  }

  run({ speedup, share }: Threshold, options: RaceOptions): Promise<Rounds> {
    const { baseline, candidate, answer = baseline } = this.#race;
    const kits = [baseline, ...(share === undefined ? [] : [candidate])];
    const passes = kits.length + 1;
    const kit =
      (pass: string): TimedCall =>
      (index) =>
        this.#time(this.#kit, pass, index, passes, async (pending, given) => {
          if (pass === answer) pending.right = given;
          else if (!kits.includes(answer)) pending.right ??= await this.#kit.call(answer, pending.input); // outside the timed half
        }).catch(blameTheKit);
    const learner: TimedCall = (index) =>
      this.#time(this.#learner, candidate, index, passes, (pending, given) => void (pending.learner = given));
    return raceRounds(
      { baseline: kit(baseline), ...(share === undefined ? {} : { reference: kit(candidate) }), candidate: learner },
      { threshold: speedup, ...(share === undefined ? {} : { share }) },
      { ...options, beforeRound: pinTogether([this.#kit, this.#learner]) },
    );
  }

  /** Times the passes in turns at these sizes, each turn on a fresh input, after one turn that is not timed. An answer that is wrong has no time. */
  async timeAt(sizes: Race['sizes'], turns: number): Promise<Timings> {
    const { baseline, candidate, answer = baseline } = this.#race;
    const timings: { baseline: number[]; own: number[]; candidate: number[] } = { baseline: [], own: [], candidate: [] };
    for (let turn = 0; turn <= turns; turn++) {
      const input = this.#makeInput(sizes);
      const kit = await this.#timeCall(this.#kit, baseline, input).catch(blameTheKit);
      const learner = await this.#timeCall(this.#learner, candidate, input);
      if (answer === baseline) requireSameAnswer(candidate, learner.answer, kit.answer, this.#tolerance);
      const own = this.whyNotOwn === undefined ? await this.#timeOwn(input, kit.answer) : [];
      if (turn === 0) continue;
      timings.baseline.push(kit.durationMs);
      timings.candidate.push(learner.durationMs);
      timings.own.push(...own);
    }
    return this.whyNotOwn === undefined ? timings : { ...timings, own: [] };
  }

  /** A learner's sequential pass that does not run, or is not right, is another check's matter: the race goes on without it. */
  async #timeOwn(input: PassInput, right: Tree): Promise<number[]> {
    const { baseline } = this.#race;
    try {
      const { answer, durationMs } = await this.#timeCall(this.#learner, baseline, input);
      requireSameAnswer(baseline, answer, right, this.#tolerance);
      return [durationMs];
    } catch (error) {
      if (!(error instanceof SubjectFailure || error instanceof CheckFailure)) throw error;
      this.whyNotOwn = error.message;
      return [];
    }
  }

  /** One timed call. The last of the passes on an input sees to it that the learner's answer was right. */
  async #time(
    subject: RacingSubject,
    pass: string,
    index: number,
    passes: number,
    keep: (pending: PendingInput, answer: Tree) => void | Promise<void>,
  ): Promise<number> {
    const pending = this.#pending.get(index) ?? {
      input: this.#makeInput(this.#race.sizes),
      right: undefined,
      learner: undefined,
      left: passes,
    };
    this.#pending.set(index, pending);
    const { answer, durationMs } = await this.#timeCall(subject, pass, pending.input);
    await keep(pending, answer);
    if (--pending.left > 0) return durationMs;
    this.#pending.delete(index); // all passes have had this input: the next rounds need the memory
    if (pending.learner !== undefined && pending.right !== undefined)
      requireSameAnswer(this.#race.candidate, pending.learner, pending.right, this.#tolerance);
    this.#answer = pending.right;
    return durationMs;
  }

  /**
   * Stages and runs, while whatever the learner's box left running stands still in the kit's timed calls. What staging takes longer in the learner's box than in the kit's is
   * billed to the learner's pass: an answer worked out while its input is being staged gains nothing.
   */
  async #timeCall(subject: RacingSubject, pass: string, input: PassInput): Promise<{ answer: Tree; durationMs: number }> {
    const own = subject === this.#learner;
    await (own ? this.#learner.resume() : this.#learner.pause());
    const stageMs = await subject.stage(input);
    const { answer, durationMs } = await subject.runStaged(pass);
    if (own) return { answer, durationMs: durationMs + Math.max(0, stageMs - median(this.#kitStageMs)) };
    this.#kitStageMs.push(stageMs);
    return { answer, durationMs };
  }

  /** Why the learner's times cannot be true, where they cannot. */
  async whyImplausible({ verdict, statistics }: Rounds, threshold: number): Promise<string | undefined> {
    if (verdict !== 'faster' || this.#answer === undefined) return undefined;
    const { leastFlops } = this.#race;
    const bounds = [
      await boundOfMoving(this.#kit, this.#answer).catch(blameTheKit),
      ...(leastFlops === undefined ? [] : [await boundOfComputing(this.#kit, leastFlops).catch(blameTheKit)]),
    ];
    return whyImplausible(statistics.candidate.p50, bounds, statistics.reference?.p50) ?? (await this.#whyNotByReplay(threshold));
  }

  #whyNotByReplay(threshold: number): Promise<string | undefined> {
    const { baseline, candidate, answer = baseline, sizes } = this.#race;
    return whyNotByReplay({
      kit: this.#kit,
      learner: this.#learner,
      baseline,
      candidate,
      threshold,
      makeInput: () => this.#makeInput(sizes),
      check: async (input, replayed, ofBaseline) => {
        const right = answer === baseline ? ofBaseline : await this.#kit.call(answer, input);
        requireSameAnswer(candidate, replayed, right, this.#tolerance);
      },
    });
  }
}

/** What goes wrong in the kit's own pass is no failure of the learner's. */
function blameTheKit(error: unknown): never {
  throw error instanceof SubjectFailure ? new Error(`the kit's own pass failed in its box: ${error.message}`, { cause: error }) : error;
}
