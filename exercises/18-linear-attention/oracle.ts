import { defineOracle, samePasses } from '#authoring';
import { dot, mapNumbers, matmul, rowTimes, scale, sum, transpose, transposeSquare, weightedSum } from '#authoring';
import type { Matrix, Row } from '#authoring';

type Input = {
  q: number[][][][]; // [B][N][T][d]
  k: number[][][][]; // [B][N][T][d]
  v: number[][][][]; // [B][N][T][M]
};
type Answer = { out: number[][][][] }; // [B][N][T][M]

/** out[t] = sum over s <= t of phi(q[t]) . phi(k[s]) v[s], divided by the sum of those products, as the definition says it. */
function linearAttention(input: Input): Answer {
  return eachQuery(input, (query, k, v, t) => average(v, weights(query, k.slice(0, t + 1))));
}

/** How well one query fits each key, which is never negative. */
const weights = (query: Row, keys: Matrix) => keys.map((key) => dot(query.map(phi), key.map(phi)));

/** elu(x) + 1 */
const phi = (x: number) => (x > 0 ? x + 1 : Math.exp(x));

/** As many values as there are weights, weighted by their share of the whole. */
const average = (v: Matrix, weights: Row) => scale(1 / sum(weights), weightedSum(weights, v));

/** Applies attention to every sequence, head and position by itself. */
function eachQuery({ q, k, v }: Input, attend: (query: Row, k: Matrix, v: Matrix, t: number) => Row): Answer {
  return { out: q.map((heads, n) => heads.map((head, j) => head.map((query, t) => attend(query, k[n][j], v[n][j], t)))) };
}

type Attention = typeof linearAttention;
const both = samePasses('linearAttentionSequential', 'linearAttentionParallel');
const sequential = (specification: Attention) => ({ linearAttentionSequential: specification });
const parallel = (specification: Attention) => ({ linearAttentionParallel: specification });

/** Linear attention with another measure of how well a query fits a key. */
const comparing = (fit: (query: Row, key: Row) => number) =>
  both((input: Input) =>
    eachQuery(input, (query, k, v, t) => {
      const fits = k.slice(0, t + 1).map((key) => fit(query, key));
      return average(v, fits);
    }),
  );

/** Attention over all T positions after something was done to the weights that may not count. */
const masked = (mask: (weight: number, s: number, t: number) => number) =>
  parallel((input) =>
    eachQuery(input, (query, k, v, t) => {
      const open = weights(query, k).map((weight, s) => mask(weight, s, t));
      return average(v, open);
    }),
  );

const shut = -1e9; // the additive mask of softmax attention; in float32 the weight beside it vanishes
const elu = (x: number) => phi(x) - 1;
const relu = (x: number) => Math.max(x, 0);

export const oracle = defineOracle({
  passes: both(linearAttention),
  misconceptions: {
    'forgets-far-steps': {
      when: 'a position sees the last 32 positions and none before them',
      lookAt: 'Position t sums over all of 0 to t, however long the sequence is: the mask shuts out the future only.',
      passes: parallel((input) =>
        eachQuery(input, (query, k, v, t) => {
          const recent = (x: Matrix) => x.slice(Math.max(0, t - 31), t + 1);
          return average(recent(v), weights(query, recent(k)));
        }),
      ),
    },
    'normaliser-missing': {
      when: 'the weighted sum is not divided by the sum of the weights',
      lookAt: 'Divide by phi(q[t]) . z[t]: only then do the weights of a position add up to 1.',
      passes: both((input: Input) => eachQuery(input, (query, k, v, t) => weightedSum(weights(query, k.slice(0, t + 1)), v))),
    },
    'normaliser-with-the-future': {
      when: 'the weighted sum ends at position t, but the sum of the weights it is divided by runs over the whole sequence',
      lookAt: 'Mask first and take the sum of the row after that, so that both belong to the same weights.',
      passes: parallel((input) =>
        eachQuery(input, (query, k, v, t) => scale(1 / sum(weights(query, k)), weightedSum(weights(query, k.slice(0, t + 1)), v))),
      ),
    },
    'elu-without-one': {
      when: 'the feature map is elu without the 1, which goes down to -1, so that weights can be negative',
      lookAt: 'phi(x) = elu(x) + 1 is above 0 everywhere; add the 1 to queries and keys.',
      passes: comparing((query, key) => dot(query.map(elu), key.map(elu))),
    },
    'relu-for-phi': {
      when: 'the feature map is relu, so that a query or key with negative numbers only has nothing but weights of 0, and 0 is divided by 0',
      lookAt: 'phi(x) = elu(x) + 1: below 0 it is exp(x), small but never 0.',
      passes: comparing((query, key) => dot(query.map(relu), key.map(relu))),
    },
    'softmax-attention': {
      when: 'the weights are those of softmax attention, exp(q . k / sqrt(d))',
      lookAt: 'The weight here is phi(q) . phi(k): the feature map is applied to query and key before they meet.',
      passes: comparing((query, key) => Math.exp(dot(query, key) / Math.sqrt(query.length))),
    },
    'query-scaled-first': {
      when: 'the queries are divided by the square root of d before phi, as in softmax attention',
      lookAt: 'A factor on phi(q) . phi(k) cancels in the fraction, and one inside phi changes the answer: use none.',
      passes: both(({ q, k, v }: Input) => linearAttention({ q: scale(q[0][0][0].length ** -0.5, q), k, v })),
    },
    'query-without-phi': {
      when: 'the feature map is applied to the keys only',
      lookAt: 'phi stands on both sides: out[t] = phi(q[t]) S[t] / (phi(q[t]) . z[t]).',
      passes: comparing((query, key) => dot(query, key.map(phi))),
    },
    'key-without-phi': {
      when: 'the feature map is applied to the queries only',
      lookAt: 'The state is fed with phi(k[t]), and so is the normaliser.',
      passes: comparing((query, key) => dot(query.map(phi), key)),
    },
    'no-mask': {
      when: 'every position sees the whole sequence, its future included',
      lookAt: 'Position t may use positions 0 to t: in the table of weights everything above the diagonal must be 0.',
      passes: masked((weight) => weight),
    },
    'mask-added': {
      when: 'a large negative number is added to the weights of the future, as to the scores of a softmax',
      lookAt: 'No exponential follows here that would turn it into 0: multiply the weights with a table of ones and zeros.',
      passes: masked((weight, s, t) => (s <= t ? weight : Math.fround(weight + shut))),
    },
    'mask-upside-down': {
      when: 'the mask lets every position see its future instead of its past',
      lookAt: 'Print the mask for T = 3. Rows are queries: row 0 has one 1, row 2 has three.',
      passes: masked((weight, s, t) => (s >= t ? weight : 0)),
    },
    'read-before-written': {
      when: 'a position reads the state before its own key and value are in it, and position 0 divides 0 by 0',
      lookAt: 'First add phi(k[t])^T v[t] to S and phi(k[t]) to z, then read: a position sees itself too.',
      passes: sequential((input) => eachQuery(input, (query, k, v, t) => average(v, weights(query, k.slice(0, t))))),
    },
    'state-transposed': {
      when: 'the state is used as its transpose, which only works where d and M are equal',
      lookAt: 'S is [d, M]: its rows belong to the numbers of phi(k), its columns to the numbers of v.',
      passes: sequential((input) =>
        eachQuery(input, (query, k, v, t) => {
          const seen = k.slice(0, t + 1);
          const S = matmul(transpose(mapNumbers(seen, phi)), v); // [d][M]
          return scale(1 / sum(weights(query, seen)), rowTimes(query.map(phi), transposeSquare(S)));
        }),
      ),
    },
    'state-handed-to-the-next-head': {
      when: 'a head begins with the state in which the head before it ended',
      lookAt: 'Every head of every sequence has a state of its own, S [B, N, d, M], and begins at zero.',
      passes: sequential(({ q, k, v }) => {
        const T = q[0][0].length;
        const left = (x: Input['k']) => x.map((heads) => heads.map((_, j) => heads.slice(0, j + 1).flat())); // by the heads before, then its own
        return eachQuery({ q, k: left(k), v: left(v) }, (query, ks, vs, t) =>
          average(vs, weights(query, ks.slice(0, ks.length - T + t + 1))),
        );
      }),
    },
  },
});
