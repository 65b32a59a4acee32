import { cut, defineOracle, mean, onesLike, sum, transpose, zerosLike, zipNumbers } from '#authoring';

type Lists = number[][]; // [B][T]
type Batch = { tokens: Lists; targets: Lists; mask: Lists };
type Copy = { symbols: Lists };
type Adding = { digits: Lists; first: number[]; second: number[] };
type Recall = { keys: Lists; values: Lists; order: Lists };
type Scores = { logits: number[][][][]; targets: number[][][]; mask: number[][][] }; // [R][B][T][V]
type Losses = { loss: number[]; byPosition: number[][] };
type Resampled = { a: number[]; b: number[]; picksA: number[][]; picksB: number[][] };

/** Symbols and then blanks; asked at the blanks for the symbols. */
function copyTask({ symbols }: Copy): Batch {
  const blanks = zerosLike(symbols);
  return { tokens: beside(symbols, blanks), targets: beside(blanks, symbols), mask: beside(blanks, onesLike(symbols)) };
}

/** Digits, two of them 8 higher; asked at the end for the sum of these two. */
function addingTask({ digits, first, second }: Adding): Batch {
  const tokens = digits.map((row, n) => row.map((digit, t) => (t === first[n] || t === second[n] ? digit + 8 : digit)));
  const answers = digits.map((row, n) => [row[first[n]] + row[second[n]]]);
  const before = cut(zerosLike(digits), 1, 1);
  return { tokens, targets: beside(before, answers), mask: beside(before, onesLike(answers)) };
}

/** Pairs of key and value, then the keys in another order; asked at these for their values. */
function recallTask({ keys, values, order }: Recall): Batch {
  const pairs = keys.map((row, n) => row.flatMap((key, i) => [key, values[n][i]]));
  const nothing = zerosLike(pairs);
  const tokens = beside(pairs, reordered(keys, order));
  return { tokens, targets: beside(nothing, reordered(values, order)), mask: beside(nothing, onesLike(order)) };
}

/** -log p(target), its mean over all places asked, and its mean over those of each position. */
function maskedLoss(input: Scores): Losses {
  return averaged(input, (losses, asked) => sumAsked(losses, asked) / Math.max(1, sum(asked))); // 0 where nothing is asked
}

/** The share of rounds in which the mean of a's picks is below that of b's. */
function bootstrap({ a, b, picksA, picksB }: Resampled): { share: number } {
  const meanOf = (x: number[], picks: number[]) => mean(picks.map((pick) => x[pick]));
  return { share: mean(picksA.map((picks, n) => Number(meanOf(a, picks) < meanOf(b, picksB[n])))) };
}

/** Lists one after the other, sequence by sequence. */
const beside = (first: Lists, second: Lists): Lists => first.map((row, n) => [...row, ...second[n]]);
const reordered = (rows: Lists, order: Lists): Lists => order.map((places, n) => places.map((place) => rows[n][place]));

/** The losses of each run, averaged over all places and over those of each position. */
function averaged({ logits, targets, mask }: Scores, average: (losses: number[], asked: number[]) => number): Losses {
  const runs = logits.map((batch, r) => batch.map((row, n) => row.map((scores, t) => crossEntropy(scores, targets[r][n][t]))));
  return {
    loss: runs.map((losses, r) => average(losses.flat(), mask[r].flat())),
    byPosition: runs.map((losses, r) => transpose(losses).map((column, t) => average(column, transpose(mask[r])[t]))),
  };
}

function crossEntropy(scores: number[], target: number): number {
  const largest = Math.max(...scores);
  return Math.log(sum(scores.map((score) => Math.exp(score - largest)))) + largest - scores[target];
}

const sumAsked = (losses: number[], asked: number[]) => sum(losses.filter((_, i) => asked[i] === 1));

const everywhere = (batch: Batch): Batch => ({ ...batch, mask: onesLike(batch.mask) });
const answering = (batch: Batch, answers: Lists): Batch => ({
  ...batch,
  targets: beside(cut(batch.targets, 1, 0, -answers[0].length), answers),
});
const copying = (specification: typeof copyTask) => ({ copyTask: specification });
const adding = (specification: typeof addingTask) => ({ addingTask: specification });
const recalling = (specification: typeof recallTask) => ({ recallTask: specification });
const losing = (specification: typeof maskedLoss) => ({ maskedLoss: specification });
const resampling = (specification: typeof bootstrap) => ({ bootstrap: specification });
const exchanged = ({ a, b, picksA, picksB }: Resampled): Resampled => ({ a: b, b: a, picksA: picksB, picksB: picksA });

export const oracle = defineOracle({
  passes: { copyTask, addingTask, recallTask, maskedLoss, bootstrap },
  integers: ['symbols', 'digits', 'first', 'second', 'keys', 'values', 'order', 'tokens', 'targets', 'picksA', 'picksB'],
  misconceptions: {
    'asked-everywhere': {
      when: 'every position counts, those included where nothing is asked',
      lookAt: 'The mask is 1 at the n blanks, at the last digit, and at the n queries, and 0 at all other places.',
      passes: {
        ...copying((input) => everywhere(copyTask(input))),
        ...adding((input) => everywhere(addingTask(input))),
        ...recalling((input) => everywhere(recallTask(input))),
      },
    },
    'answer-in-the-input': {
      when: 'the second half of the tokens repeats the symbols, so that each answer can be read where it is asked for',
      lookAt: 'A model that is given the answer learns to pass it through; the tokens after the symbols are all 0.',
      passes: copying((input) => ({ ...copyTask(input), tokens: beside(input.symbols, input.symbols) })),
    },
    'copied-backwards': {
      when: 'the symbols are asked for in reverse',
      lookAt: 'The first blank asks for the first symbol: the target at position n + i is symbol i.',
      passes: copying(({ symbols }) =>
        answering(
          copyTask({ symbols }),
          symbols.map((row) => row.toReversed()),
        ),
      ),
    },
    'all-digits-added': {
      when: 'the answer is the sum of all digits, marked or not',
      lookAt: 'Multiply the digits by a row that is 1 at the two marks and 0 elsewhere before you add them.',
      passes: adding((input) =>
        answering(
          addingTask(input),
          input.digits.map((row) => [sum(row)]),
        ),
      ),
    },
    'marks-added-too': {
      when: 'the answer adds the tokens, so that each mark counts 8',
      lookAt: 'The sum is that of the digits; the 8 only says which digits are meant.',
      passes: adding((input) => {
        const batch = addingTask(input);
        return { ...batch, targets: zipNumbers(batch.targets, batch.mask, (target, asked) => target + 16 * asked) };
      }),
    },
    'answers-not-reordered': {
      when: 'the queries follow `order` and the answers do not',
      lookAt: 'Query j is the key of pair order[j], and its target the value of the same pair.',
      passes: recalling((input) => answering(recallTask(input), input.values)),
    },
    'order-undone': {
      when: 'the answers follow the inverse of `order`',
      lookAt: 'order[j] is the pair that query j asks for, not the place at which pair j is asked for.',
      passes: recalling((input) => {
        const undone = input.order.map((places) => places.map((_, j) => places.indexOf(j)));
        return answering(recallTask(input), reordered(input.values, undone));
      }),
    },
    'keys-asked-for': {
      when: 'the target of a query is the query itself',
      lookAt: 'What is asked for is the token that followed the key when it was read first.',
      passes: recalling((input) => answering(recallTask(input), reordered(input.keys, input.order))),
    },
    'mean-over-all-places': {
      when: 'the losses are added where something was asked and divided by the number of all places',
      lookAt: 'Divide by the sum of the mask, not by its size.',
      passes: losing((input) => averaged(input, (losses, asked) => sumAsked(losses, asked) / losses.length)),
    },
    'mask-forgotten': {
      when: 'the loss is the mean over all places, asked or not',
      lookAt: 'Multiply the loss of every place by the mask before anything is added up.',
      passes: losing((input) => maskedLoss({ ...input, mask: onesLike(input.mask) })),
    },
    'mean-of-the-positions': {
      when: 'the loss is the mean of byPosition, so that a position where one sequence is asked counts as much as one where all are',
      lookAt: 'The loss is one mean over all places asked: a sum of the whole run, divided by the sum of the whole mask.',
      passes: losing((input) => {
        const { byPosition } = maskedLoss(input);
        const asked = (r: number, t: number) => input.mask[r].some((row) => row[t] === 1);
        return { byPosition, loss: byPosition.map((row, r) => mean(row.filter((_, t) => asked(r, t)))) };
      }),
    },
    'logarithm-of-a-rounded-softmax': {
      when: 'the probability is worked out first and its logarithm taken afterwards, when float32 has rounded it to 0',
      lookAt: '-log p is the logarithm of the sum of exponentials minus the score of the target; tf.logSumExp takes care of large scores.',
      passes: losing((input) => {
        const rounded = (loss: number) => -Math.log(Math.fround(Math.exp(-loss)));
        return averaged(input, (losses, asked) => sumAsked(losses.map(rounded), asked) / Math.max(1, sum(asked)));
      }),
    },
    'the-same-picks': {
      when: 'b is resampled with the picks of a',
      lookAt: 'The runs of two models have nothing to do with each other: b has picks of its own.',
      passes: resampling((input) => bootstrap({ ...input, picksB: input.picksA })),
    },
    'ties-counted': {
      when: 'a round in which both means are equal counts as one in which a is below b',
      lookAt: 'Below is less, not less or equal: from equal runs nobody is better.',
      passes: resampling((input) => ({ share: 1 - bootstrap(exchanged(input)).share })),
    },
    'above-instead-of-below': {
      when: 'the rounds are counted in which the mean of a is above that of b',
      lookAt: 'A loss is better when it is lower, and share says how often a is lower.',
      passes: resampling((input) => bootstrap(exchanged(input))),
    },
  },
});
