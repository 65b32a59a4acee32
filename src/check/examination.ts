import type { Exercise } from '../course/exercise.ts';
import type { Detail, Evidence } from '../result/evidence.ts';
import { figureSchema, type FigureToShow } from '../result/figure.ts';
import { exactly, toleranceOf, type Tolerance } from './tolerance.ts';
import { NotApplicable, type PassInput, type Replayed, type Subject } from '../wire/subject.ts';
import type { Tree } from '../wire/tensor.ts';
import { type NestedAnswer, answerToNested, flatten, shapeOf, toTensor, type Named, type Nested } from './nested.ts';
import { compareAnswer, compareForm, compareNumbers, onlyExpected, type Comparison, type Difference, type Expected } from './compare.ts';
import { Counter } from './counter.ts';
import { Diagnosis } from './diagnosis.ts';
import { CheckFailure, NotMeasured } from './failure.ts';
import { finiteDifferences } from './finite-difference.ts';
import { requireFinite } from './finite.ts';
import { requireGrowth, requirePerStep } from './kernels.ts';
import { specify, type Oracle, type Specification } from './oracle.ts';
import type { Random } from './random.ts';
import type { Progress, Racing, ReferencePasses, Setting } from './setting.ts';

/** What a check leaves besides its outcome and its time. */
type Noted = Partial<Pick<Evidence, 'errorShare' | 'race' | 'figures'>>;

type Specifications = Record<string, Specification>;
type InputOf<Passes extends Specifications, Name extends keyof Passes> = Parameters<Passes[Name]>[0] & Named;

/** `letter` names the size that is doubled; `T` where none is named. */
type KernelCheck<Passes extends Specifications> = <Name extends keyof Passes & string>(
  pass: Name,
  inputAt: (size: number) => InputOf<Passes, Name>,
  size: number,
  atMost: number,
  letter?: string,
) => Promise<void>;

/** How closely to compare: some times the usual tolerance with the reason for it, or to the last bit. */
export type Closeness = 'exactly' | { readonly times: number; readonly why: string };

/** What one check may ask. Everything it sees of the learner's code goes through here, so that a wrong answer can be named. */
export class Examination<Passes extends Specifications = Specifications> {
  readonly exercise: Exercise;
  readonly subject: Subject;
  readonly random: Random;
  /** True where training is to be cut short, as `course check --reduced` asks. */
  readonly reduced: boolean;
  /** Says how far long work has come. */
  readonly progress: Progress;
  readonly racing: Racing;
  readonly #openReferencePasses: () => ReferencePasses | undefined;
  readonly #counter: Counter;
  readonly #oracle: Oracle<Passes>;
  readonly #diagnosis: Diagnosis;
  #noted: Noted = {};
  #lastCall: Detail['call'];

  constructor(exercise: Exercise, subject: Subject, random: Random, oracle: Oracle<Passes>, setting: Setting) {
    this.exercise = exercise;
    this.subject = subject;
    this.random = random;
    this.reduced = setting.reduced;
    this.progress = setting.progress;
    this.racing = setting.racing;
    this.#oracle = oracle;
    this.#diagnosis = new Diagnosis(oracle, subject.device);
    this.#openReferencePasses = setting.openReferencePasses;
    this.#counter = new Counter({
      subject,
      openReplayer: setting.openReplayer,
      toPassInput: (input) => this.toPassInput(input),
      requireRight: (pass, input) => this.#requireRight(pass, input),
    });
  }

  /** The kit's own passes, to race against. Ends a check of the clock where this run has none. */
  readonly openReferencePasses = (): ReferencePasses => {
    const opened = this.#openReferencePasses();
    if (opened === undefined) throw new NotApplicable('races are not run here; `npx unroll grade` runs them');
    return opened;
  };

  /** Shows curves or a table in the report, whatever the verdict will be. */
  readonly show = (figure: FigureToShow): void => {
    this.note({ figures: [...(this.#noted.figures ?? []), figureSchema.parse(figure)] });
  };

  /** Adds to what the check leaves besides its outcome. */
  readonly note = (noted: Noted): void => {
    this.#noted = { ...this.#noted, ...noted };
  };

  /** What the check has left so far besides its outcome. */
  get noted(): Noted {
    return this.#noted;
  }

  /** Runs a pass and gives its answer in nested lists, once its names and shapes are right and its numbers finite. */
  readonly run = async <Name extends keyof Passes & string>(
    pass: Name,
    input: InputOf<Passes, Name>,
  ): Promise<ReturnType<Passes[Name]>> => {
    const expected = this.specify(pass, input);
    const answer = await this.#answer(pass, input, expected);
    const wrongForm = compareForm(answer, expected);
    if (wrongForm !== undefined) throw new CheckFailure(wrongForm.cause, wrongForm.message);
    this.#remember(pass, input, answer);
    const nested = answerToNested(answer);
    requireFinite(nested);
    return nested as ReturnType<Passes[Name]>;
  };

  /** Runs a pass that has no specification, such as a training loop, and gives its answer in nested lists, once its numbers are finite. */
  readonly ask = async (pass: string, input: Named): Promise<NestedAnswer> => {
    this.#noteCall(pass, input);
    const nested = answerToNested(await this.subject.call(pass, this.toPassInput(input)));
    requireFinite(nested);
    return nested;
  };

  /** Runs a pass and holds its whole answer against the specification. */
  readonly agree = async <Name extends keyof Passes & string>(
    pass: Name,
    input: InputOf<Passes, Name>,
    closeness?: Closeness,
  ): Promise<void> => {
    const expected = this.specify(pass, input);
    const answer = await this.#answer(pass, input, expected);
    this.#remember(pass, input, answer);
    this.#require(compareAnswer(answer, expected, this.#tolerance(closeness)), pass);
  };

  /** Holds some numbers against others. `name` says what they are, such as `h before the change`. */
  readonly expectClose = (name: string, actual: Nested, expected: Nested, closeness?: Closeness): void => {
    this.#require(compareNumbers(name, flatten(actual), flatten(expected), shapeOf(expected), this.#tolerance(closeness)));
  };

  /** Ends the check as not measured: this machine cannot tell, and the points are set aside. */
  readonly setAside = (reason: string): never => {
    throw new NotMeasured(reason);
  };

  /** Fails with a sentence unless the condition holds; with `broken-rule` where the numbers are right and the way to them is not. */
  readonly require = (condition: boolean, otherwise: string, cause: 'wrong-value' | 'broken-rule' = 'wrong-value'): void => {
    if (!condition) throw new CheckFailure(cause, otherwise);
  };

  /** Holds the gradients of one output against central differences of the specification in float64. `of` is `''` for a pass that answers with one tensor. */
  readonly agreeGradients = async <Name extends keyof Passes & string>(
    pass: Name,
    input: InputOf<Passes, Name>,
    of: string,
    by: readonly string[],
    closeness?: Closeness,
  ): Promise<void> => {
    const expectedAnswer = this.specify(pass, input);
    const output = (of === '' ? expectedAnswer : (expectedAnswer as Record<string, Nested>)[of]) as Nested;
    const cotangent = this.random.normal(shapeOf(output)) as Nested;
    this.#noteCall(pass, input);
    const found = await this.subject.gradients(pass, this.toPassInput(input), { of, cotangent: toTensor(cotangent), by });
    const named = (gradients: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(by.map((name) => [`the gradient by ${name}`, gradients[name]]));
    const compare = (specification: Specification, tolerance: Tolerance, whose: Expected) => {
      const expected = finiteDifferences((changed) => specify(specification, changed), input, of, cotangent, by);
      return compareAnswer(named(found) as Tree, named(expected) as NestedAnswer, tolerance, whose);
    };
    this.#diagnosis.remember(
      pass,
      (specification, tolerance) => compare(specification, tolerance, 'misconceived').difference === undefined,
    );
    this.#require(compare(this.#oracle.passes[pass] as Specification, this.#tolerance(closeness ?? gradientCloseness), 'right'), pass);
  };

  /** Counts kernels at T and at 2 T: their ratio must stay below `atMost`, and nothing may be read back to the host inside the pass. */
  readonly expectKernelGrowth: KernelCheck<Passes> = (pass, inputAt, size, atMost, letter) =>
    this.#counter.holdKernels(pass, inputAt, { size, letter }, (counts) => requireGrowth(counts, atMost));

  /** Counts kernels at T and at 2 T: each further step may cost at most `atMost` kernels, and nothing may be read back to the host inside the pass. */
  readonly expectKernelsPerStep: KernelCheck<Passes> = (pass, inputAt, size, atMost, letter) =>
    this.#counter.holdKernels(pass, inputAt, { size, letter }, (counts) => requirePerStep(counts, atMost));

  /** Requires that `calls` runs leave no tensors behind. `draw` gives a fresh input of the same sizes each time. */
  readonly expectNoLeaks = <Name extends keyof Passes & string>(
    pass: Name,
    draw: () => InputOf<Passes, Name>,
    { calls = 3, mayWorkOnHost = false } = {},
  ): Promise<void> => this.#counter.requireNoLeaks(pass, draw, calls, mayWorkOnHost);

  /**
   * What the kernels of one run do when they are replayed where no learner's code is: how many there are, the bytes of the tensors alive at once, inputs
   * included, and the tensors left behind. The pass must be right on an input that `draw` gives, and its kernels, traced on another of the same sizes, right on
   * it too. Where a pass may take numbers to the host by the rules of its exercise, its kernels are replayed on the input that was traced.
   */
  readonly measure = <Name extends keyof Passes & string>(
    pass: Name,
    draw: () => InputOf<Passes, Name>,
    { mayWorkOnHost = false } = {},
  ): Promise<Replayed> => this.#counter.measure(pass, draw, mayWorkOnHost);

  /** The same for a pass without a specification: its kernels must give the answer that the pass itself gives to the input of the replay. */
  readonly measureUnspecified = (pass: string, draw: () => Named, { mayWorkOnHost = false } = {}): Promise<Replayed> =>
    this.#counter.measure(pass, draw, mayWorkOnHost);

  specify<Name extends keyof Passes & string>(pass: Name, input: InputOf<Passes, Name>): NestedAnswer {
    return specify(this.#oracle.passes[pass] as Specification, input);
  }

  /** The misconception whose answers equal the learner's on everything this check asked, where there is one. */
  diagnose(): string | undefined {
    return this.#diagnosis.name();
  }

  /** The pass that was called last, and the shapes of its inputs; a number has none. */
  get lastCall(): Detail['call'] {
    return this.#lastCall;
  }

  #noteCall(pass: string, input: Named): void {
    const inputs = Object.entries(input).map(([name, value]) => ({ name, shape: Array.isArray(value) ? shapeOf(value) : [] }));
    this.#lastCall = { pass, inputs: inputs.slice(0, mostInputs) };
  }

  #remember(pass: string, input: Named, answer: Tree): void {
    this.#diagnosis.remember(
      pass,
      (specification, tolerance) =>
        compareAnswer(answer, specify(specification, input), tolerance, 'misconceived').difference === undefined,
    );
  }

  /** Runs a pass and gives what was asked for of its answer. */
  async #answer(pass: string, input: Named, expected: NestedAnswer): Promise<Tree> {
    this.#noteCall(pass, input);
    return onlyExpected(await this.subject.call(pass, this.toPassInput(input)), expected);
  }

  async #requireRight(pass: string, input: Named): Promise<(answer: Tree) => Difference | undefined> {
    const specification = this.#oracle.passes[pass];
    const expected = specification === undefined ? await this.ask(pass, input) : specify(specification, input);
    const compare = (answer: Tree) => compareAnswer(answer, expected, this.#tolerance(loose)).difference;
    if (specification === undefined) return compare;
    const answer = await this.#answer(pass, input, expected);
    this.#remember(pass, input, answer);
    const difference = compare(answer);
    if (difference === undefined) return compare;
    throw new CheckFailure(difference.cause, `${pass} is not right yet, so its kernels and tensors are not counted: ${difference.message}`);
  }

  /** Nested lists as tensors; whole-number inputs as int32. */
  readonly toPassInput = (input: Named): PassInput => {
    const tensor = (name: string, value: Nested) => toTensor(value, this.#oracle.integers?.includes(name) === true ? 'int32' : 'float32');
    return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, Array.isArray(value) ? tensor(name, value) : value]));
  };

  #tolerance(closeness?: Closeness): Tolerance {
    if (closeness === 'exactly') return exactly;
    return toleranceOf(this.subject.device, closeness?.times, closeness?.why);
  }

  /** `pass` is named where the comparison does not say whose numbers they are. */
  #require({ difference, errorShare }: Comparison, pass?: string): void {
    this.note({ errorShare: Math.max(this.#noted.errorShare ?? 0, Math.min(errorShare, Number.MAX_SAFE_INTEGER)) });
    if (difference !== undefined)
      throw new CheckFailure(difference.cause, pass === undefined ? difference.message : `${pass}: ${difference.message}`, difference);
  }
}

const mostInputs = 16; // of a call, in what is told of a failure
const gradientCloseness: Closeness = { times: 10, why: 'a gradient adds the errors of every step it passed through' };
const loose: Closeness = { times: 100, why: 'what is counted is long, and adds up many roundings' };
