import { defineOracle } from '#authoring';

type Lists = number[][]; // [B][T]
type Batch = { tokens: Lists; targets: Lists; mask: Lists };
type Copy = { symbols: Lists };
type Adding = { digits: Lists; first: number[]; second: number[] };
type Recall = { keys: Lists; values: Lists; order: Lists };
type Scores = { logits: number[][][][]; targets: number[][][]; mask: number[][][] }; // [R][B][T][V]
type Losses = { loss: number[]; byPosition: number[][] };
type Resampled = { a: number[]; b: number[]; picksA: number[][]; picksB: number[][] };

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);
const ones = (n: number): number[] => Array.from({ length: n }, () => 1);
const mean = (x: readonly number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;

/** One row of each list for every sequence. */
function eachSequence<Row>(
  rows: readonly Row[],
  make: (row: Row, n: number) => { tokens: number[]; targets: number[]; mask: number[] },
): Batch {
  const made = rows.map(make);
  return { tokens: made.map(({ tokens }) => tokens), targets: made.map(({ targets }) => targets), mask: made.map(({ mask }) => mask) };
}

/** Symbols and then blanks; asked at the blanks for the symbols. */
function copyTask({ symbols }: Copy): Batch {
  return eachSequence(symbols, (row) => {
    const blanks = zeros(row.length);
    return { tokens: [...row, ...blanks], targets: [...blanks, ...row], mask: [...blanks, ...ones(row.length)] };
  });
}

/** Digits, two of them 8 higher; asked at the end for the sum of these two. */
function addingTask(input: Adding): Batch {
  return adding(input, (row, first, second) => row[first] + row[second]);
}

function adding({ digits, first, second }: Adding, answer: (row: number[], first: number, second: number) => number): Batch {
  return eachSequence(digits, (row, n) => {
    const before = zeros(row.length - 1);
    return {
      tokens: row.map((digit, t) => (t === first[n] || t === second[n] ? digit + 8 : digit)),
      targets: [...before, answer(row, first[n], second[n])],
      mask: [...before, 1],
    };
  });
}

/** Pairs of key and value, then the keys in another order; asked at these for their values. */
function recallTask(input: Recall): Batch {
  return recall(input, (values, order) => order.map((pair) => values[pair]));
}

function recall({ keys, values, order }: Recall, answer: (values: number[], order: number[], keys: number[]) => number[]): Batch {
  return eachSequence(keys, (row, n) => {
    const nothing = zeros(2 * row.length);
    return {
      tokens: [...row.flatMap((key, i) => [key, values[n][i]]), ...order[n].map((pair) => row[pair])],
      targets: [...nothing, ...answer(values[n], order[n], row)],
      mask: [...nothing, ...ones(row.length)],
    };
  });
}

/** -log p(target) where it was asked, and its means. */
function maskedLoss(input: Scores): Losses {
  return averaged(input, crossEntropy);
}

function crossEntropy(scores: number[], target: number): number {
  const largest = Math.max(...scores);
  return Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0)) + largest - scores[target];
}

/** The places of a run, each with its position and its loss. */
type Place = { t: number; loss: number; asked: number };

const overAsked = (places: Place[]) => mean(places.filter(({ asked }) => asked === 1).map(({ loss }) => loss));

function averaged(
  { logits, targets, mask }: Scores,
  lossOf: (scores: number[], target: number) => number,
  total = overAsked,
  atPosition = (places: Place[]) => (places.some(({ asked }) => asked === 1) ? overAsked(places) : 0),
): Losses {
  const runs = logits.map((batch, r) =>
    batch.flatMap((row, n) => row.map((scores, t): Place => ({ t, loss: lossOf(scores, targets[r][n][t]), asked: mask[r][n][t] }))),
  );
  const positions = mask[0][0].map((_, t) => t);
  return {
    loss: runs.map(total),
    byPosition: runs.map((places) => positions.map((t) => atPosition(places.filter((place) => place.t === t)))),
  };
}

/** The share of rounds in which the mean of a's picks is below that of b's. */
function bootstrap(input: Resampled): { share: number } {
  return resampled(input, (meanA, meanB) => meanA < meanB);
}

function resampled({ a, b, picksA, picksB }: Resampled, counts: (meanA: number, meanB: number) => boolean): { share: number } {
  const meanOf = (x: number[], picks: number[]) => mean(picks.map((pick) => x[pick]));
  return { share: mean(picksA.map((picks, n) => (counts(meanOf(a, picks), meanOf(b, picksB[n])) ? 1 : 0))) };
}

const everywhere = (batch: Batch): Batch => ({ ...batch, mask: batch.mask.map((row) => ones(row.length)) });

export const oracle = defineOracle({
  passes: { copyTask, addingTask, recallTask, maskedLoss, bootstrap },
  integers: ['symbols', 'digits', 'first', 'second', 'keys', 'values', 'order', 'tokens', 'targets', 'picksA', 'picksB'],
  misconceptions: {
    'asked-everywhere': {
      when: 'every position counts, those included where nothing is asked',
      lookAt: 'The mask is 1 at the n blanks, at the last digit, and at the n queries, and 0 at all other places.',
      passes: {
        copyTask: (input: Copy) => everywhere(copyTask(input)),
        addingTask: (input: Adding) => everywhere(addingTask(input)),
        recallTask: (input: Recall) => everywhere(recallTask(input)),
      },
    },
    'answer-in-the-input': {
      when: 'the second half of the tokens repeats the symbols, so that each answer can be read where it is asked for',
      lookAt: 'A model that is given the answer learns to pass it through; the tokens after the symbols are all 0.',
      passes: { copyTask: (input: Copy) => ({ ...copyTask(input), tokens: input.symbols.map((row) => [...row, ...row]) }) },
    },
    'copied-backwards': {
      when: 'the symbols are asked for in reverse',
      lookAt: 'The first blank asks for the first symbol: the target at position n + i is symbol i.',
      passes: {
        copyTask: ({ symbols }: Copy) => ({
          ...copyTask({ symbols }),
          targets: symbols.map((row) => [...zeros(row.length), ...row.toReversed()]),
        }),
      },
    },
    'all-digits-added': {
      when: 'the answer is the sum of all digits, marked or not',
      lookAt: 'Multiply the digits by a row that is 1 at the two marks and 0 elsewhere before you add them.',
      passes: { addingTask: (input: Adding) => adding(input, (row) => row.reduce((sum, digit) => sum + digit, 0)) },
    },
    'marks-added-too': {
      when: 'the answer adds the tokens, so that each mark counts 8',
      lookAt: 'The sum is that of the digits; the 8 only says which digits are meant.',
      passes: { addingTask: (input: Adding) => adding(input, (row, first, second) => row[first] + row[second] + 16) },
    },
    'answers-not-reordered': {
      when: 'the queries follow `order` and the answers do not',
      lookAt: 'Query j is the key of pair order[j], and its target the value of the same pair.',
      passes: { recallTask: (input: Recall) => recall(input, (values) => values) },
    },
    'order-undone': {
      when: 'the answers follow the inverse of `order`',
      lookAt: 'order[j] is the pair that query j asks for, not the place at which pair j is asked for.',
      passes: { recallTask: (input: Recall) => recall(input, (values, order) => values.map((_, j) => values[order.indexOf(j)])) },
    },
    'keys-asked-for': {
      when: 'the target of a query is the query itself',
      lookAt: 'What is asked for is the token that followed the key when it was read first.',
      passes: { recallTask: (input: Recall) => recall(input, (_, order, keys) => order.map((pair) => keys[pair])) },
    },
    'mean-over-all-places': {
      when: 'the losses are added where something was asked and divided by the number of all places',
      lookAt: 'Divide by the sum of the mask, not by its size.',
      passes: {
        maskedLoss: (input: Scores) =>
          averaged(
            input,
            crossEntropy,
            (places) => mean(places.map(({ loss, asked }) => loss * asked)),
            (places) => mean(places.map(({ loss, asked }) => loss * asked)),
          ),
      },
    },
    'mask-forgotten': {
      when: 'the loss is the mean over all places, asked or not',
      lookAt: 'Multiply the loss of every place by the mask before anything is added up.',
      passes: {
        maskedLoss: (input: Scores) =>
          averaged(
            input,
            crossEntropy,
            (places) => mean(places.map(({ loss }) => loss)),
            (places) => mean(places.map(({ loss }) => loss)),
          ),
      },
    },
    'mean-of-the-positions': {
      when: 'the loss is the mean of byPosition, so that a position where one sequence is asked counts as much as one where all are',
      lookAt: 'The loss is one mean over all places asked: a sum of the whole run, divided by the sum of the whole mask.',
      passes: {
        maskedLoss: (input: Scores) => {
          const { byPosition } = maskedLoss(input);
          const asked = (r: number, t: number) => input.mask[r].some((row) => row[t] === 1);
          return { byPosition, loss: byPosition.map((row, r) => mean(row.filter((_, t) => asked(r, t)))) };
        },
      },
    },
    'logarithm-of-a-rounded-softmax': {
      when: 'the probability is worked out first and its logarithm taken afterwards, when float32 has rounded it to 0',
      lookAt: '-log p is the logarithm of the sum of exponentials minus the score of the target; tf.logSumExp takes care of large scores.',
      passes: {
        maskedLoss: (input: Scores) => averaged(input, (scores, target) => -Math.log(Math.fround(Math.exp(-crossEntropy(scores, target))))),
      },
    },
    'the-same-picks': {
      when: 'b is resampled with the picks of a',
      lookAt: 'The runs of two models have nothing to do with each other: b has picks of its own.',
      passes: { bootstrap: (input: Resampled) => bootstrap({ ...input, picksB: input.picksA }) },
    },
    'ties-counted': {
      when: 'a round in which both means are equal counts as one in which a is below b',
      lookAt: 'Below is less, not less or equal: from equal runs nobody is better.',
      passes: { bootstrap: (input: Resampled) => resampled(input, (meanA, meanB) => meanA <= meanB) },
    },
    'above-instead-of-below': {
      when: 'the rounds are counted in which the mean of a is above that of b',
      lookAt: 'A loss is better when it is lower, and share says how often a is lower.',
      passes: { bootstrap: (input: Resampled) => resampled(input, (meanA, meanB) => meanA > meanB) },
    },
  },
});
