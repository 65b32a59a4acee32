import { defineOracle } from '#authoring';

type Rows = number[][]; // one row a token

type Input = {
  x: Rows[]; // [B][n][D]
  PE: Rows; // [L][D]
  Wq: Rows; // [D][d]
  Wk: Rows; // [D][d]
  Wv: Rows; // [D][d]
  Wo: Rows; // [d][D]
  K?: Rows[]; // [B][t][d]
  V?: Rows[]; // [B][t][d]
};
type Answer = { out: Rows[]; K: Rows[]; V: Rows[] }; // [B][n][D], [B][t + n][d] twice

/** The places where somebody may think otherwise: `t` tokens are cached, `i` counts the new ones, `s` the keys of both. */
interface Opinion {
  readonly position?: (t: number, i: number) => number;
  readonly sees?: (s: number, t: number, i: number) => boolean;
  readonly append?: (cache: Rows, rows: Rows) => Rows;
  readonly divisor?: (d: number) => number;
}

/** With z[i] = x[i] + PE[t + i]: out[i] = softmax(z[i] Wq K[0..t+i]^T / sqrt(d)) V[0..t+i] Wo, where K and V hold the cache and then z Wk and z Wv. */
function cachedAttention(input: Input, opinion: Opinion = {}): Answer {
  const { position = (t, i) => t + i, sees = (s, t, i) => s <= t + i, append = (cache, rows) => [...cache, ...rows] } = opinion;
  const divisor = (opinion.divisor ?? Math.sqrt)(input.Wq[0].length);
  const answers = input.x.map((tokens, b) => {
    const [oldK, oldV] = [input.K?.[b] ?? [], input.V?.[b] ?? []];
    const t = oldK.length;
    const z = tokens.map((token, i) => token.map((value, j) => value + input.PE[position(t, i)][j]));
    const [K, V] = [append(oldK, times(z, input.Wk)), append(oldV, times(z, input.Wv))];
    const averages = times(z, input.Wq).map((q, i) => {
      const seen = K.flatMap((_, s) => (sees(s, t, i) ? [s] : []));
      const weights = softmax(seen.map((s) => q.reduce((sum, value, j) => sum + value * K[s][j], 0) / divisor));
      return q.map((_, j) => weights.reduce((sum, weight, index) => sum + weight * V[seen[index]][j], 0));
    });
    return { out: times(averages, input.Wo), K, V };
  });
  return { out: answers.map(({ out }) => out), K: answers.map(({ K }) => K), V: answers.map(({ V }) => V) };
}

const times = (rows: Rows, W: Rows) => rows.map((row) => W[0].map((_, j) => row.reduce((sum, value, i) => sum + value * W[i][j], 0)));

function softmax(scores: number[]): number[] {
  const largest = Math.max(...scores);
  const e = scores.map((score) => Math.exp(score - largest));
  const total = e.reduce((sum, value) => sum + value, 0);
  return e.map((value) => value / total);
}

type Attention = (input: Input) => Answer;

/** The same pass for one token after the other: what it answers with as K and V is the cache of the next token. */
const oneByOne =
  (attend: Attention): Attention =>
  (input) => {
    let cache: Partial<Pick<Answer, 'K' | 'V'>> = input.K === undefined ? {} : { K: input.K, V: input.V as Rows[] };
    const outs = input.x[0].map((_, i) => {
      const { out, K, V } = attend({ ...input, ...cache, x: input.x.map((tokens) => [tokens[i]]) });
      cache = { K, V };
      return out; // [B][1][D]
    });
    return { out: input.x.map((_, b) => outs.map((out) => out[b][0])), ...(cache as Pick<Answer, 'K' | 'V'>) };
  };

const both = (specification: Attention) => ({ cachedAttentionSequential: specification, cachedAttentionParallel: specification });
const each = (specification: Attention) => ({
  cachedAttentionSequential: oneByOne(specification),
  cachedAttentionParallel: specification,
});
const parallel = (opinion: Opinion) => ({ cachedAttentionParallel: (input: Input) => cachedAttention(input, opinion) });
const holding =
  (opinion: Opinion): Attention =>
  (input) =>
    cachedAttention(input, opinion);

const isSquare = (W: Rows) => W.length === W[0].length;
const transpose = (W: Rows) => W[0].map((_, j) => W.map((row) => row[j]));
const turned = (W: Rows) => (isSquare(W) ? transpose(W) : W);

export const oracle = defineOracle({
  passes: both((input: Input) => cachedAttention(input)),
  misconceptions: {
    'positions-start-again': {
      when: 'the new tokens get the positions 0, 1, 2, ... although there are tokens in the cache',
      lookAt: 'With t tokens in the cache the first new one stands at position t: take row t of PE for it, row t + 1 for the next.',
      passes: both(holding({ position: (_t, i) => i })),
    },
    'position-stands-still': {
      when: 'all new tokens of one call get the position of the first of them',
      lookAt: 'Several new tokens stand at the positions t, t + 1, t + 2 and so on, each with its own row of PE.',
      passes: both(holding({ position: (t) => t })),
    },
    'attends-before-it-appends': {
      when: 'a new token attends to the cache as it was before it, and so not to itself',
      lookAt: 'Append the new keys and values first and attend then: a token sees itself too.',
      passes: each(holding({ sees: (s, t, i) => s < t || (t === 0 && s <= i) })),
    },
    'mask-over-the-cache': {
      when: 'the mask of a square is laid over the rectangle, so that new token i sees only the keys 0 to i',
      lookAt: 'Row i of the mask belongs to position t + i: it is open for the whole cache and for the new tokens up to its own.',
      passes: parallel({ sees: (s, _t, i) => s <= i }),
    },
    'new-tokens-see-each-other': {
      when: 'new tokens that come together see each other without a mask, later ones included',
      lookAt: 'Among themselves the new tokens are causal: new token i sees the cache and the new tokens 0 to i.',
      passes: parallel({ sees: () => true }),
    },
    'sees-one-token-ahead': {
      when: 'every new token also sees the one that comes next',
      lookAt: 'The last key that new token i may use is its own, in column t + i.',
      passes: parallel({ sees: (s, t, i) => s <= t + i + 1 }),
    },
    'old-cache-dropped': {
      when: 'the new tokens attend to the cache, but the K and V that come back hold only the new ones',
      lookAt: 'K and V of the answer are what the next call attends to: the t old rows and the n new ones.',
      passes: both((input: Input) => {
        const { out, K, V } = cachedAttention(input);
        const onlyNew = (cache: Rows[]) => cache.map((rows) => rows.slice(-input.x[0].length));
        return { out, K: onlyNew(K), V: onlyNew(V) };
      }),
    },
    'appended-twice': {
      when: 'the new keys and values are appended before the attention and once more on the way out',
      lookAt: 'The cache grows by exactly n rows a call; answer with the K and V that you attended to.',
      passes: each(holding({ append: (cache, rows) => [...cache, ...rows, ...rows] })),
    },
    'newest-first': {
      when: 'the new keys and values are put before the old ones',
      lookAt: 'The row of a token in the cache is its position: old rows first, new rows after them.',
      passes: each(holding({ append: (cache, rows) => [...rows, ...cache] })),
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
        cachedAttention({ ...input, Wq: turned(Wq), Wk: turned(Wk), Wv: turned(Wv), Wo: turned(Wo) }),
      ),
    },
    'not-scaled': {
      when: 'the scores are not divided by the square root of d',
      lookAt: 'Divide the scores by sqrt(d) before the softmax; d is the size of a key.',
      passes: both(holding({ divisor: () => 1 })),
    },
  },
});
