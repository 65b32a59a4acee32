import { add, cut, defineOracle, dot, matmul, samePasses, scale, softmax, transposeSquare, weightedSum } from '#authoring';
import type { Matrix, Row } from '#authoring';

type Input = {
  x: Matrix[]; // [B][n][D]
  PE: Matrix; // [L][D]
  Wq: Matrix; // [D][d]
  Wk: Matrix; // [D][d]
  Wv: Matrix; // [D][d]
  Wo: Matrix; // [d][D]
  K?: Matrix[]; // [B][t][d]
  V?: Matrix[]; // [B][t][d]
};
type Answer = { out: Matrix[]; K: Matrix[]; V: Matrix[] }; // [B][n][D], [B][t + n][d] twice

/** With z[i] = x[i] + PE[t + i]: out[i] = softmax(z[i] Wq K[0..t+i]^T / sqrt(d)) V[0..t+i] Wo, where K and V hold the cache and then z Wk and z Wv. */
function cachedAttention(input: Input): Answer {
  return eachQuery(input, (query, K, V, t, i) => average(query, K.slice(0, t + i + 1), V));
}

/** Appends the keys and values of the new tokens to those of the t cached ones, then lets the query of each new token i attend. */
function eachQuery(input: Input, attend: (query: Row, K: Matrix, V: Matrix, t: number, i: number) => Row): Answer {
  const t = cached(input);
  const answers = input.x.map((tokens, b) => {
    const z = add(tokens, input.PE.slice(t, t + tokens.length)); // [n][D]
    const K = [...(input.K?.[b] ?? []), ...matmul(z, input.Wk)]; // [t + n][d]
    const V = [...(input.V?.[b] ?? []), ...matmul(z, input.Wv)];
    const averages = matmul(z, input.Wq).map((query, i) => attend(query, K, V, t, i)); // [n][d]
    return { out: matmul(averages, input.Wo), K, V };
  });
  return { out: answers.map(({ out }) => out), K: answers.map(({ K }) => K), V: answers.map(({ V }) => V) };
}

const cached = ({ K }: Input) => K?.[0].length ?? 0;

/** As many values as there are keys, each weighted by how well the query fits its key. */
const average = (query: Row, keys: Matrix, V: Matrix) =>
  weightedSum(softmax(keys.map((key) => dot(query, key) / Math.sqrt(query.length))), V);

type Attention = typeof cachedAttention;
const both = samePasses('cachedAttentionSequential', 'cachedAttentionParallel');
const parallel = (specification: Attention) => ({ cachedAttentionParallel: specification });

/** What goes wrong from one token to the next: the sequential pass reads token after token, each with the cache that the last one left. */
const tokenByToken = (specification: Attention) => ({
  ...parallel(specification),
  cachedAttentionSequential: (input: Input): Answer => {
    let cache: Pick<Input, 'K' | 'V'> = {};
    const answers = input.x[0].map((_, i) => {
      const { out, K, V } = specification({ ...input, ...cache, x: cut(input.x, 1, i, i + 1) });
      cache = { K, V };
      return { out, K, V };
    });
    return { ...answers[answers.length - 1], out: input.x.map((_, b) => answers.flatMap(({ out }) => out[b])) };
  },
});

/** Attention where new token i uses so many of the keys. */
const seeing = (keys: (t: number, i: number) => number) => (input: Input) =>
  eachQuery(input, (query, K, V, t, i) => average(query, K.slice(0, keys(t, i)), V));

const changedCaches = ({ out, K, V }: Answer, change: (rows: Matrix) => Matrix): Answer => ({ out, K: K.map(change), V: V.map(change) });

export const oracle = defineOracle({
  passes: both(cachedAttention),
  misconceptions: {
    'positions-start-again': {
      when: 'the new tokens get the positions 0, 1, 2, ... although there are tokens in the cache',
      lookAt: 'With t tokens in the cache the first new one stands at position t: take row t of PE for it, row t + 1 for the next.',
      passes: both((input: Input) => cachedAttention({ ...input, PE: [...input.PE.slice(0, cached(input)), ...input.PE] })),
    },
    'position-stands-still': {
      when: 'all new tokens of one call get the position of the first of them',
      lookAt: 'Several new tokens stand at the positions t, t + 1, t + 2 and so on, each with its own row of PE.',
      passes: both((input: Input) => cachedAttention({ ...input, PE: input.PE.map(() => input.PE[cached(input)]) })),
    },
    'attends-before-it-appends': {
      when: 'a new token attends to the cache as it was before it, and so not to itself',
      lookAt: 'Append the new keys and values first and attend then: a token sees itself too.',
      passes: tokenByToken(seeing((t, i) => (t === 0 ? i + 1 : t))),
    },
    'mask-over-the-cache': {
      when: 'the mask of a square is laid over the rectangle, so that new token i sees only the keys 0 to i',
      lookAt: 'Row i of the mask belongs to position t + i: it is open for the whole cache and for the new tokens up to its own.',
      passes: parallel(seeing((_, i) => i + 1)),
    },
    'new-tokens-see-each-other': {
      when: 'new tokens that come together see each other without a mask, later ones included',
      lookAt: 'Among themselves the new tokens are causal: new token i sees the cache and the new tokens 0 to i.',
      passes: parallel(seeing(() => Infinity)),
    },
    'sees-one-token-ahead': {
      when: 'every new token also sees the one that comes next',
      lookAt: 'The last key that new token i may use is its own, in column t + i.',
      passes: parallel(seeing((t, i) => t + i + 2)),
    },
    'old-cache-dropped': {
      when: 'the new tokens attend to the cache, but the K and V that come back hold only the new ones',
      lookAt: 'K and V of the answer are what the next call attends to: the t old rows and the n new ones.',
      passes: both((input: Input) => changedCaches(cachedAttention(input), (rows) => rows.slice(cached(input)))),
    },
    'appended-twice': {
      when: 'the new keys and values are appended before the attention and once more on the way out',
      lookAt: 'The cache grows by exactly n rows a call; answer with the K and V that you attended to.',
      passes: tokenByToken((input) => changedCaches(cachedAttention(input), (rows) => [...rows, ...rows.slice(cached(input))])),
    },
    'newest-first': {
      when: 'the new keys and values are put before the old ones',
      lookAt: 'The row of a token in the cache is its position: old rows first, new rows after them.',
      passes: tokenByToken((input) => {
        const turned = (rows: Matrix) => [...rows.slice(cached(input)), ...rows.slice(0, cached(input))];
        const answer = eachQuery(input, (query, K, V, t, i) => average(query, turned(K).slice(0, t + i + 1), turned(V)));
        return changedCaches(answer, turned);
      }),
    },
    'keys-in-the-cache-of-values': {
      when: 'the new keys are appended to both caches',
      lookAt: 'Two caches, two projections: x Wk goes into K, x Wv goes into V.',
      passes: both((input: Input) => cachedAttention({ ...input, Wv: input.Wk })),
    },
    'queries-cached': {
      when: 'Wq and Wk have changed places, so that queries are cached and keys ask',
      lookAt: 'What is kept for later is what a token can be found by, its key; its query is used once, by itself.',
      passes: both((input: Input) => cachedAttention({ ...input, Wq: input.Wk, Wk: input.Wq })),
    },
    'weights-transposed': {
      when: 'the weights are transposed, which only a square matrix allows',
      lookAt: 'Row vectors stand on the left: z Wq with Wq of shape [D, d]. With D = d the shapes no longer tell you, only the numbers do.',
      passes: both(({ Wq, Wk, Wv, Wo, ...input }: Input) =>
        cachedAttention({
          ...input,
          Wq: transposeSquare(Wq),
          Wk: transposeSquare(Wk),
          Wv: transposeSquare(Wv),
          Wo: transposeSquare(Wo),
        }),
      ),
    },
    'not-scaled': {
      when: 'the scores are not divided by the square root of d',
      lookAt: 'Divide the scores by sqrt(d) before the softmax; d is the size of a key.',
      passes: both((input: Input) => cachedAttention({ ...input, Wq: scale(Math.sqrt(input.Wq[0].length), input.Wq) })),
    },
  },
});
