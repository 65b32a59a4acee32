import { cumulativeSum, defineOracle, mapNumbers, samePasses, scale, zerosLike } from '#authoring';

type Lists = number[][]; // [B][T]
type Bits = { bits: Lists };
type Steps = { permutations: number[][][] }; // [B][T][n]
type Weights = { Wx: number[][]; Wh: number[][]; b: number[]; Wo: number[] };

/** Two units: the sum of the last answer and the bit, and what it has above one. */
function parityWeights(_input: Record<string, never>): Weights {
  return {
    Wx: [[1, 1]],
    Wh: [
      [1, 1],
      [-2, -2],
    ],
    b: [0, -1],
    Wo: [1, -2],
  };
}

/** h[t] = a[t] h[t-1] with a = -1 at a one: it is 1 while the number of ones is even. */
function parityByScan({ bits }: Bits): { h: Lists; parity: Lists } {
  const h = bits.map((row) => running(row, 1, (state, bit) => (bit === 1 ? -state : state)));
  return { h, parity: mapNumbers(h, (state) => Number(state < 0)) };
}

/** 1 where more than half of the bits so far are ones. */
function majority({ bits }: Bits): { majority: Lists } {
  return { majority: bits.map((row) => cumulativeSum(row).map((ones, t) => Number(2 * ones > t + 1))) };
}

/** states[t][i] = states[t-1][permutations[t][i]]: the cup that was at place permutations[t][i] is now at place i. */
function compose({ permutations }: Steps): { states: number[][][] } {
  return { states: permutations.map((steps) => running(steps, identity(steps), (state, step) => step.map((place) => state[place]))) };
}

/** The state after each entry of a list. */
function running<State, Entry>(list: readonly Entry[], start: State, next: (state: State, entry: Entry) => State): State[] {
  let state = start;
  return list.map((entry) => (state = next(state, entry)));
}

const identity = (steps: number[][]) => steps[0].map((_, i) => i);
const inverse = (step: number[]) => step.map((_, i) => step.indexOf(i));

/** The right weights, changed. */
const weights = (change: (right: Weights) => Partial<Weights>) => ({
  parityWeights: (input: Record<string, never>) => ({ ...parityWeights(input), ...change(parityWeights(input)) }),
});
const scan = (specification: typeof parityByScan) => ({ parityByScan: specification });
const most = (specification: typeof majority) => ({ majority: specification });
const both = samePasses('composeSequential', 'composeParallel');

/** Rounds of doubling spans; `before` is what stands `span` steps before step t. */
const inRounds = (rounds: (T: number) => number, before: (joined: number[][], t: number, span: number) => number[]) => ({
  composeParallel: ({ permutations }: Steps) => ({
    states: permutations.map((steps) => {
      let joined = steps;
      for (let round = 0; round < rounds(steps.length); round++) {
        const earlier = joined;
        joined = earlier.map((later, t) => later.map((place) => before(earlier, t, 2 ** round)[place]));
      }
      return joined;
    }),
  }),
});

export const oracle = defineOracle({
  passes: { parityWeights, parityByScan, majority, ...both(compose) },
  integers: ['bits', 'permutations'],
  misconceptions: {
    'or-instead-of-exclusive-or': {
      when: 'the second unit is taken away once instead of twice, so that two ones give 1 and not 0',
      lookAt: 'With u = 2 and v = 1 the answer must be 0: how often must v be taken away from u?',
      passes: weights(({ Wh }) => ({ Wh: [Wh[0], scale(1 / 2, Wh[1])], Wo: [1, -1] })),
    },
    'nothing-remembered': {
      when: 'the state does not come back into the network, Wh = 0, so that the answer is the last bit',
      lookAt: 'The sum inside the relu is that of the bit and the last answer, and the last answer is h Wo: it enters through Wh.',
      passes: weights(({ Wh }) => ({ Wh: zerosLike(Wh) })),
    },
    'counts-the-ones': {
      when: 'the first unit adds up all ones and nothing brings it back to 0',
      lookAt: 'After two ones the answer must be 0 again: the second unit, which is 1 then, enters the next sum with a negative weight.',
      passes: weights(({ Wh }) => ({ Wh: [Wh[0], zerosLike(Wh[1])] })),
    },
    'fading-memory': {
      when: 'the weights of the state are a little too small, so that every step forgets a tenth of the answer',
      lookAt: 'Over many zeros the answer must stay what it is: what comes back from the last answer p is p itself, not less.',
      passes: weights(({ Wh }) => ({ Wh: scale(0.9, Wh) })),
    },
    'ones-are-counted': {
      when: 'the answer is the number of ones so far and not whether it is odd',
      lookAt: 'The state changes its sign at each one; the answer is 1 where it is negative.',
      passes: scan((input) => ({ ...parityByScan(input), parity: input.bits.map(cumulativeSum) })),
    },
    'even-is-one': {
      when: 'the answer is 1 where the number of ones is even',
      lookAt: 'Before any one is read h is 1 and the parity 0.',
      passes: scan((input) => {
        const { h, parity } = parityByScan(input);
        return { h, parity: mapNumbers(parity, (value) => 1 - value) };
      }),
    },
    'starts-with-the-second-bit': {
      when: 'the first bit does not change the state',
      lookAt: 'The state before the first bit is 1, and the first gate is that of bits[0].',
      passes: scan(({ bits }) => parityByScan({ bits: bits.map(([, ...rest]) => [0, ...rest]) })),
    },
    'half-is-most': {
      when: 'as many ones as zeros count as a majority of ones',
      lookAt: 'After 1, 0 there is one of each, and the answer is 0: more than half, not half.',
      passes: most(({ bits }) => ({ majority: bits.map((row) => cumulativeSum(row).map((ones, t) => Number(2 * ones >= t + 1))) })),
    },
    'half-of-the-whole': {
      when: 'the ones so far are held against half of the whole sequence',
      lookAt: 'After bit t there are t + 1 bits to be the majority of.',
      passes: most(({ bits }) => ({ majority: bits.map((row) => cumulativeSum(row).map((ones) => Number(2 * ones > row.length))) })),
    },
    'order-swapped': {
      when: 'the steps are joined in the wrong order, permutations[t][states[t-1][i]]',
      lookAt: 'The step says from where a cup comes, so it is the index: look up states[t-1] at permutations[t], not the other way round.',
      passes: both(({ permutations }: Steps) => ({
        states: permutations.map((steps) => running(steps, identity(steps), (state, step) => state.map((cup) => step[cup]))),
      })),
    },
    'inverse-steps': {
      when: 'each step is done backwards: the cup at place i goes to place permutations[t][i] instead of coming from there',
      lookAt: 'permutations[t][i] is where the cup comes from that is at place i afterwards.',
      passes: both(({ permutations }: Steps) => compose({ permutations: permutations.map((steps) => steps.map(inverse)) })),
    },
    'one-step-late': {
      when: 'each position answers with the state before its own step',
      lookAt: 'states[0] is the state after the first step, which is the first permutation itself.',
      passes: both((input: Steps) => ({ states: compose(input).states.map((states) => [identity(states), ...states.slice(0, -1)]) })),
    },
    'the-step-alone': {
      when: 'each position answers with its own step, as if it started from 0, 1, 2, ...',
      lookAt: 'Step t begins with the state that step t - 1 left behind.',
      passes: both(({ permutations }: Steps) => ({ states: permutations })),
    },
    'zeros-before-the-start': {
      when: 'what is moved in at the start is all zeros and not the step that changes nothing',
      lookAt: 'Before the first step every cup stays where it is: place i takes from place i, and as a matrix that is tf.eye.',
      passes: inRounds(
        (T) => Math.ceil(Math.log2(T)),
        (joined, t, span) => (t < span ? zerosLike(joined[t]) : joined[t - span]),
      ),
    },
    'last-round-missing': {
      when: 'the doubling stops one round too early, so that a position sees only the last 2^k steps',
      lookAt: 'The spans must go on doubling while they are shorter than T: for T = 5 the spans are 1, 2 and 4.',
      passes: inRounds(
        (T) => Math.floor(Math.log2(T)),
        (joined, t, span) => (t < span ? identity(joined) : joined[t - span]),
      ),
    },
  },
});
