import type { Figure } from '../../src/result/figure.ts';
import type { ExerciseResult, Gradebook, Result } from '../../src/result/result.ts';
import {
  makeAbsent,
  makeCheck,
  makeExercise,
  makeGradebook,
  makeRace,
  makeResult,
  makeStudent,
  tallyChecks,
  type SampleStudent,
} from './sample.ts';

const units = ['Unit 1: the sequential pass', 'Unit 2: attention', 'Unit 3: one function, two passes'] as const;
const slowRounds = [1.42, 1.51, 1.38, 1.47, 1.55, 1.44, 1.49, 1.33, 1.62, 1.46, 1.5];
const fastRounds = [3.1, 2.9, 3.4, 3.2, 3.05, 3.3, 2.7, 3.15, 3.6, 3.25, 2.4];
const noisyRounds = [0.9, 6.1, 1.2, 3.3, 0.7, 4.8, 2.1, 1.6, 5.2];

/** One student with every outcome that a report can show. */
export function makeVariedResult(name = 'Ada Lovelace'): Result {
  return makeResult(name, [...makeUnitOne(), ...makeUnitTwo(), ...makeUnitThree()], {
    notes: [
      'Ignored: exercises/02-elman-sequence/notes.md is not a file of the exercise.',
      'Folder exercises/99-extra is not an exercise of this course.',
    ],
  });
}

function makeUnitOne(): ExerciseResult[] {
  const step = [
    makeCheck('bias', 'The bias is added once', 1, { status: 'pass' }, { errorShare: 0.0213 }),
    makeCheck('input-term', 'The input enters through Wx, from the left', 2, { status: 'pass' }, { errorShare: 0.114 }),
    makeCheck('square-case', 'Weights are not transposed where H equals I', 3, { status: 'pass' }, { errorShare: 0 }),
  ];
  const race = makeRace(fastRounds);
  const hoisted = [
    makeCheck('same-values', 'Both passes give the same hidden states', 3, { status: 'pass' }, { errorShare: 0.31 }),
    makeCheck('speed', 'The hoisted projection is at least twice as fast', 3, { status: 'pass' }, { race, figures: decay }),
  ];
  return [
    makeExercise('01-elman-step', 'Elman step', units[0], step, { printed: 'h Tensor [2, 3]\nstep 0 ok\nstep 1 ok\n' }),
    makeExercise('03-hoisted-projection', 'Hoisted projection', units[0], hoisted),
    makeAbsent('04-bptt', 'Backpropagation through time, by hand', units[0], 8),
  ];
}

const leakMessage = `At y[b=0][t=2][d=1] the specification says 0.513204, your code gives 0.771839.
Largest error 0.258635, allowed 0.000051 (tolerance 5e-5 + 1e-4 of the expected value).
This is what attention without the causal mask gives. Look at the scores before the softmax: which keys may position t see?`;

function makeUnitTwo(): ExerciseResult[] {
  const causal = [
    makeCheck('shapes', 'The answer has the shape of v', 1),
    makeCheck(
      'causality',
      'A later token changes nothing that came before it',
      4,
      { status: 'fail', cause: 'wrong-value', message: leakMessage, misconception: 'no-mask' },
      { errorShare: 5071 },
    ),
    makeCheck('long', 'A sequence of 4,096 steps ends in time', 2, {
      status: 'fail',
      cause: 'timeout',
      message: 'causalAttentionSequential did not return within 10,000 ms at T = 4,096.',
    }),
    makeCheck(
      'speed',
      'The parallel pass is at least twice as fast',
      3,
      {
        status: 'fail',
        cause: 'too-slow',
        message: 'The parallel pass is 1.47 times as fast as the sequential one; the exercise asks for 2.',
      },
      {
        race: makeRace(slowRounds, { verdict: 'not-faster', baseline: 'causalAttentionSequential', candidate: 'causalAttentionParallel' }),
      },
    ),
  ];
  const heads = [
    makeCheck('heads', 'A loop over heads equals the batched pass', 3, {
      status: 'fail',
      cause: 'unfinished',
      message: 'multiHeadParallel is not written yet: see README.md, section Task.',
    }),
    makeCheck('kernels', 'The number of kernels does not grow with N', 2, {
      status: 'ungraded',
      reason: 'the box died before it answered (signal SIGKILL)',
    }),
  ];
  return [
    makeExercise('10-causal-attention', 'Causal attention', units[1], causal, { printed: 'scores [2, 4, 4]\nnow the softmax\n' }),
    makeExercise('11-multi-head-attention', 'Multi-head attention', units[1], heads),
  ];
}

function makeUnitThree(): ExerciseResult[] {
  const scan = [
    makeCheck('any-length', 'Any length T works, not only powers of two', 4, { status: 'pass' }, { errorShare: 0.0004 }),
    makeCheck(
      'speed',
      'The scan is at least twice as fast as the loop',
      3,
      { status: 'not-measured', reason: 'this machine is too noisy to tell: ratios of the rounds lie between 0.7 and 6.1' },
      {
        race: makeRace(noisyRounds, { verdict: 'cannot-tell', baseline: 'scanSequential', candidate: 'scanParallel' }),
      },
    ),
  ];
  const gpu = [
    makeCheck('claim', 'The claim of the chapter holds on this machine', 2),
    makeCheck('gpu', 'The GPU threshold is met', 5, { status: 'not-measured', reason: 'no GPU on this machine' }),
  ];
  const broken = [makeCheck('split', 'Prefill and decode may be split anywhere', 4, { status: 'ungraded', reason: 'the oracle gave NaN' })];
  return [
    makeExercise('14-kv-cache', 'KV cache', units[2], broken, { state: 'ungraded' }),
    makeExercise('15-associative-scan', 'Associative scan', units[2], scan),
    makeExercise('20-the-race', 'The race', units[2], gpu),
  ];
}

const steps = Array.from({ length: 51 }, (_, step) => step);
const decay: Figure[] = [
  {
    kind: 'curves',
    title: 'Gradient against distance',
    note: 'The norm of the gradient by the state, so many steps before the loss.',
    x: { label: 'distance (steps)', log: false },
    y: { label: 'norm of the gradient', log: true },
    series: [0.9, 1, 1.1].map((rho) => ({ name: `ρ = ${rho}`, points: steps.map((step) => [step, rho ** step]) })),
  },
  {
    kind: 'table',
    title: 'The same in numbers',
    note: 'After 50 steps.',
    columns: ['ρ', 'norm'],
    rows: [
      ['0.9', '0.005154'],
      ['1.1', '117.39'],
    ],
  },
];

const names = ['Ada Lovelace', 'Grace Hopper', 'Müller, Ana', '王小明', 'أمل العربي', 'Zoë 👩‍🚀', 'Alan Turing', 'Karen Spärck Jones'];

/** A class of so many students: some strong, some weak, some without every exercise, the last one ungraded. */
export function makeClass(count: number): Gradebook {
  return makeGradebook(Array.from({ length: count }, (_, index) => makeMember(index, index === count - 1 && count > 1)));
}

function makeMember(index: number, ungraded: boolean): SampleStudent {
  const name = `${names[index % names.length]}${index < names.length ? '' : ` ${Math.floor(index / names.length) + 1}`}`;
  const folder = `s${String(index).padStart(4, '0')}`;
  if (ungraded) return { name, folder, outcome: { status: 'ungraded', reason: 'the worker died twice while it graded this submission' } };
  const { exercises } = makeVariedResult(name);
  const mended = exercises.map((exercise, at) => {
    if ((index * 5 + at * index) % 13 > 9) return makeAbsent(exercise.id, exercise.title, exercise.unit, exercise.points.possible);
    return (index * 7 + at * 5) % 11 < 6 ? mendExercise(exercise) : exercise;
  });
  return makeStudent(makeResult(name, mended), folder);
}

function mendExercise(exercise: ExerciseResult): ExerciseResult {
  if (exercise.state !== 'failed') return exercise;
  const checks = exercise.checks.map((check) =>
    check.outcome.status === 'fail' ? { ...check, outcome: { status: 'pass' as const } } : check,
  );
  return { ...exercise, state: 'passed', checks, points: tallyChecks(checks) };
}
