import { HostTensor, isBranch, type Tree } from '../wire/tensor.ts';
import type { Cause } from '../result/causes.ts';
import type { Mismatch } from '../result/evidence.ts';
import { flatten, shapeOf, type Nested, type NestedAnswer } from './nested.ts';
import type { Tolerance } from './tolerance.ts';

/** A difference between an answer and what it should be, in words for the learner. */
export interface Difference {
  readonly cause: Extract<Cause, 'wrong-value' | 'wrong-shape' | 'not-finite'>;
  readonly message: string;
  /** The numbers themselves, where numbers differ. */
  readonly mismatch?: Mismatch;
}

export interface Comparison {
  readonly difference?: Difference;
  /** Largest error as a share of the error allowed; above 1 is a difference. Infinite where something is not finite. */
  readonly errorShare: number;
}

/** Whose numbers an answer is held against: those of a misconception may be NaN, which a right answer never is. */
export type Expected = 'right' | 'misconceived';

/** Compares a whole answer, names and shapes first, then numbers. */
export function compareAnswer(answer: Tree, expected: NestedAnswer, tolerance: Tolerance, whose: Expected = 'right'): Comparison {
  const form = compareForm(answer, expected);
  if (form !== undefined) return { difference: form, errorShare: Infinity };
  const parts = isNamed(expected) ? Object.entries(expected) : [['the answer', expected] as const];
  const compared = parts.map(([name, part]) =>
    compareNumbers(
      name,
      numbersOf(isNamed(expected) ? ((answer as Record<string, Tree>)[name] as Tree) : answer),
      flatten(part),
      shapeOf(part),
      tolerance,
      whose,
    ),
  );
  const errorShare = Math.max(...compared.map((comparison) => comparison.errorShare));
  return compared.find((comparison) => comparison.difference !== undefined) ?? { errorShare };
}

/** The parts of an answer that were asked for: what more it brings is not kept. */
export function onlyExpected(answer: Tree, expected: NestedAnswer): Tree {
  if (!isNamed(expected) || !isBranch(answer)) return answer;
  return Object.fromEntries(Object.keys(expected).flatMap((name) => (Object.hasOwn(answer, name) ? [[name, answer[name] as Tree]] : [])));
}

/** Names and shapes only: the first that is not as expected. */
export function compareForm(answer: Tree, expected: NestedAnswer): Difference | undefined {
  if (!isNamed(expected)) return compareShape('the answer', answer, expected);
  const names = Object.keys(expected);
  if (!isBranch(answer))
    return { cause: 'wrong-shape', message: `the answer should be an object { ${names.join(', ')} }, not ${describe(answer)}` };
  const missing = names.find((name) => !Object.hasOwn(answer, name));
  if (missing !== undefined)
    return { cause: 'wrong-shape', message: `the answer has no ${missing}: it should be an object { ${names.join(', ')} }` };
  return names
    .map((name) => compareShape(name, answer[name] as Tree, expected[name] as Nested))
    .find((difference) => difference !== undefined);
}

function compareShape(name: string, answer: Tree, expected: Nested): Difference | undefined {
  const want = shapeOf(expected);
  const have = answer instanceof HostTensor ? answer.shape : typeof answer === 'number' ? [] : undefined;
  if (have === undefined) return { cause: 'wrong-shape', message: `${name} should be a tensor, not ${describe(answer)}` };
  if (have.length === want.length && have.every((length, axis) => length === want[axis])) return undefined;
  return { cause: 'wrong-shape', message: `${name} has shape [${have.join(', ')}] but should have [${want.join(', ')}]` };
}

/** Compares numbers one by one. NaN and infinities never equal a finite number, and a finite number never equals them. Throws `RangeError` where a right answer is NaN. */
export function compareNumbers(
  name: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  shape: readonly number[],
  tolerance: Tolerance,
  whose: Expected = 'right',
): Comparison {
  if (actual.length !== expected.length)
    throw new RangeError(`${name}: ${actual.length} numbers were to be compared with ${expected.length}`); // a test's mistake: shapes were checked before
  if (whose === 'right' && Array.prototype.some.call(expected, Number.isNaN))
    throw new RangeError(`${name} is to be NaN by its specification, which no right answer is`); // or an answer that is nothing but NaN would be right
  let worst = 0;
  let wrong = 0;
  let first = -1; // index of the first difference, and of the first number that is not finite
  let notFinite = -1;
  for (let index = 0; index < expected.length; index++) {
    const [got, want] = [actual[index] as number, expected[index] as number];
    const share = errorShareOf(got, want, tolerance);
    worst = Math.max(worst, share);
    if (share <= 1) continue;
    wrong++;
    if (first < 0) first = index;
    if (notFinite < 0 && !Number.isFinite(got)) notFinite = index;
  }
  if (first < 0) return { errorShare: worst };
  const shown = notFinite < 0 ? first : notFinite;
  const [got, want] = [actual[shown] as number, expected[shown] as number];
  const count = expected.length === 1 ? '' : `; ${wrong} of ${expected.length} numbers differ`;
  const allowed = tolerance.absolute + tolerance.relative * Math.abs(want);
  const message = `${name}${position(shown, shape)} is ${showBeside(got, want)} but should be ${showBeside(want, got)}${count} (allowed difference ${show(allowed)}: ${tolerance.why})`;
  const mismatch: Mismatch = {
    name,
    wrong,
    of: expected.length,
    allowed: show(allowed, 2),
    numbers: neighbours(shown, shape).map((index) => showPair(index, shape, actual[index] as number, expected[index] as number, tolerance)),
  };
  return { difference: { cause: notFinite < 0 ? 'wrong-value' : 'not-finite', message, mismatch }, errorShare: worst };
}

const shownNumbers = 4; // of a row: they fit beside one another, and show whether one is wrong or all

/** Places in the same row, the last axis, from the one before the place on. */
function neighbours(place: number, shape: readonly number[]): number[] {
  const length = shape.at(-1) ?? 1;
  const start = place - (place % length);
  const from = Math.max(start, Math.min(place - 1, start + length - shownNumbers));
  return Array.from({ length: Math.min(shownNumbers, length) }, (_, offset) => from + offset);
}

function showPair(index: number, shape: readonly number[], got: number, want: number, tolerance: Tolerance): Mismatch['numbers'][number] {
  const agrees = errorShareOf(got, want, tolerance) <= 1;
  return {
    place: position(index, shape),
    got: agrees ? show(got) : showBeside(got, want),
    expected: agrees ? show(want) : showBeside(want, got),
    agrees,
  };
}

/** The error as a share of the error allowed: 0 where equal, at most 1 where it agrees, infinite where one is not finite and they differ. */
function errorShareOf(got: number, want: number, { absolute, relative }: Tolerance): number {
  if (Object.is(got, want) || got === want) return 0;
  if (!Number.isFinite(got) || !Number.isFinite(want)) return Infinity;
  return Math.abs(got - want) / (absolute + relative * Math.abs(want));
}

/** `[1][0][3]` for a flat index. */
function position(index: number, shape: readonly number[]): string {
  let rest = index;
  const places = shape.toReversed().map((length) => {
    const place = rest % length;
    rest = Math.floor(rest / length);
    return `[${place}]`;
  });
  return places.toReversed().join('');
}

const show = (value: number, digits = 6) => (Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : String(value));

/** A number with as many digits as it takes to see that it is not the other one. */
function showBeside(value: number, other: number): string {
  const enough = [6, 7, 8, 9, 12, 17].find((digits) => show(value, digits) !== show(other, digits));
  return show(value, enough);
}
const isNamed = (expected: NestedAnswer): expected is { readonly [name: string]: Nested } =>
  typeof expected === 'object' && !Array.isArray(expected);
const numbersOf = (answer: Tree): ArrayLike<number> => (answer instanceof HostTensor ? answer.data : [answer as number]);

function describe(answer: Tree): string {
  if (answer instanceof HostTensor) return `one tensor of shape [${answer.shape.join(', ')}]`;
  if (typeof answer === 'number') return 'a number';
  return Array.isArray(answer) ? 'a list' : `an object { ${Object.keys(answer).join(', ')} }`;
}
