import { defineOracle, samePasses, scale, scaledScores, softmax, sum, weightedSum } from '#authoring';

type Input = {
  q: number[][][][]; // [B][N][T][d]
  k: number[][][][]; // [B][N][T][d]
  v: number[][][][]; // [B][N][T][d]
};

/** out[t] = sum over s <= t of a[s] v[s], where a is the softmax over those s of q[t] k[s] / sqrt(d). */
function causalAttention(input: Input): { out: number[][][][] } {
  return eachHead(input, (q, k, v) => q.map((query, t) => weightedSum(softmax(scaledScores(query, k.slice(0, t + 1))), v)));
}

/** Applies attention to every sequence and head by itself. */
function eachHead({ q, k, v }: Input, attend: (q: number[][], k: number[][], v: number[][]) => number[][]): { out: number[][][][] } {
  return { out: q.map((heads, n) => heads.map((head, j) => attend(head, k[n][j], v[n][j]))) };
}

type Attention = typeof causalAttention;
const both = samePasses('causalAttentionSequential', 'causalAttentionParallel');
const parallel = (specification: Attention) => ({ causalAttentionParallel: specification });

/** Attention in both passes whose scores are so many times too large. */
const enlarged = (factor: (T: number, d: number) => number) =>
  both(({ q, k, v }: Input) => causalAttention({ q: scale(factor(q[0][0].length, q[0][0][0].length), q), k, v }));

/** Attention over all T positions after something was done to the scores that may not count. */
const masked = (mask: (score: number, s: number, t: number) => number) =>
  parallel((input: Input) =>
    eachHead(input, (q, k, v) => q.map((query, t) => weightedSum(softmax(scaledScores(query, k).map((score, s) => mask(score, s, t))), v))),
  );

const shut = -1e9; // what is added to a score so that it no longer counts
const onDevice = Math.fround; // in float32 a score vanishes beside -1e9, so a row that may see nothing sees everything equally

export const oracle = defineOracle({
  passes: both(causalAttention),
  misconceptions: {
    'forgets-far-steps': {
      when: 'a position sees the last 32 positions and none before them',
      lookAt: 'Position t attends to all of 0 to t, however long the sequence is: the mask shuts out the future only.',
      passes: masked((score, s, t) => (s <= t && t - s < 32 ? score : -Infinity)),
    },
    'no-mask': {
      when: 'every position sees the whole sequence, its future included',
      lookAt: 'Position t may use the keys and values 0 to t; the scores above the diagonal must not count.',
      passes: masked((score) => score),
    },
    'mask-of-zeros': {
      when: 'the scores of the future are set to 0 before the softmax',
      lookAt: 'A score of 0 still has the weight e^0 = 1 before the division; only a score far below all others has none.',
      passes: masked((score, s, t) => (s <= t ? score : 0)),
    },
    'mask-too-weak': {
      when: 'the mask lowers the scores of the future by 10,000, which is not enough beside large scores',
      lookAt: 'What is added to a forbidden score must be far below any score, such as -1e9 or minus infinity.',
      passes: masked((score, s, t) => (s <= t ? score : score - 1e4)),
    },
    'zero-times-infinity': {
      when: 'the mask is made by multiplying zeros and ones with infinity, and 0 times infinity is NaN',
      lookAt: 'Multiply with a large finite number such as -1e9, or choose with tf.where between 0 and minus infinity.',
      passes: masked((score, s, t) => score + (s <= t ? 0 : 1) * -Infinity),
    },
    'mask-after-the-softmax': {
      when: 'the weights of the future are set to 0 after the softmax, so that the rest no longer add up to 1',
      lookAt: 'Mask the scores, before the softmax; then the weights that are left share the whole 1 among them.',
      passes: parallel((input: Input) =>
        eachHead(input, (q, k, v) => q.map((query, t) => weightedSum(softmax(scaledScores(query, k)).slice(0, t + 1), v))),
      ),
    },
    'mask-upside-down': {
      when: 'the mask lets every position see its future instead of its past',
      lookAt: 'Print the mask for T = 3. Rows are queries: row 0 has one open place, row 2 has three.',
      passes: masked((score, s, t) => (s >= t ? score : score + shut)),
    },
    'sees-one-step-ahead': {
      when: 'every position sees one position of its future, s <= t + 1',
      lookAt: 'The last key that position t may use is its own, s = t.',
      passes: both((input: Input) =>
        eachHead(input, (q, k, v) => q.map((query, t) => weightedSum(softmax(scaledScores(query, k.slice(0, t + 2))), v))),
      ),
    },
    'blind-to-itself': {
      when: 'a position sees only what is before it, s < t, and the first one sees nothing of its own',
      lookAt: 'The diagonal of the mask is open: position t uses its own key and value too.',
      passes: masked((score, s, t) => (s < t ? score : onDevice(score + shut))),
    },
    'not-scaled': {
      when: 'the scores are not divided by the square root of d',
      lookAt: 'Divide the scores by sqrt(d) before the softmax; d is the size of one head.',
      passes: enlarged((_, d) => Math.sqrt(d)),
    },
    'scaled-by-d': {
      when: 'the scores are divided by d instead of its square root',
      lookAt: 'A dot product of d numbers of size one has the size sqrt(d), so that is what it is divided by.',
      passes: enlarged((_, d) => 1 / Math.sqrt(d)),
    },
    'scaled-by-the-length': {
      when: 'the scores are divided by the square root of T, the size of the wrong axis',
      lookAt: 'd is the last axis of q, the one that the dot product adds over; T is the one before it.',
      passes: enlarged((T, d) => Math.sqrt(d / T)),
    },
    'softmax-over-the-queries': {
      when: 'the softmax runs over the queries, so that the weights of one key add up to 1 instead of those of one query',
      lookAt: 'In scores [B, N, T, T] the last axis holds the keys of one query; the softmax runs over that axis.',
      passes: parallel((input: Input) =>
        eachHead(input, (q, k, v) => {
          const columns = k.map((_, s) => softmax(q.map((query, t) => (s <= t ? scaledScores(query, [k[s]])[0] : shut)))); // [key][query]
          return q.map((_, t) =>
            weightedSum(
              columns.map((column) => column[t]),
              v,
            ),
          );
        }),
      ),
    },
    'softmax-without-its-maximum': {
      when: 'the exponentials are taken of the scores as they are, and e^89 is already more than float32 can hold',
      lookAt: 'Take the largest score away from all scores first, or use tf.softmax, which does.',
      passes: both((input: Input) =>
        eachHead(input, (q, k, v) =>
          q.map((query, t) => {
            const e = scaledScores(query, k.slice(0, t + 1)).map((score) => onDevice(Math.exp(score)));
            const total = onDevice(sum(e));
            return weightedSum(
              e.map((value) => value / total),
              v,
            );
          }),
        ),
      ),
    },
    'equal-weights': {
      when: 'every position is the plain average of what it sees, whatever the scores say',
      lookAt: 'The weights come from q and k: the larger the score of a key, the more of its value.',
      passes: both((input: Input) =>
        eachHead(input, (q, _, v) =>
          q.map((_query, t) =>
            weightedSum(
              Array.from({ length: t + 1 }, () => 1 / (t + 1)),
              v,
            ),
          ),
        ),
      ),
    },
    'keys-and-values-exchanged': {
      when: 'the queries are compared with v and the weights are applied to k',
      lookAt: 'k is what a query is compared with, v is what is averaged.',
      passes: both(({ q, k, v }: Input) => causalAttention({ q, k: v, v: k })),
    },
  },
});
