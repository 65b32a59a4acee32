import { defineOracle } from '#authoring';

interface Input extends Record<string, number | number[][] | number[][][]> {
  x: number[][][]; // [B][T][D]
  Wq: number[][]; // [D][D]
  Wk: number[][]; // [D][D]
  Wv: number[][]; // [D][D]
  Wo: number[][]; // [D][D]
  heads: number; // N
}

type Table = number[][]; // [T][D] for all heads, [T][d] for one
type Answer = { out: Table[] };

/** How a table [T][D] becomes N heads, what the heads do, and how their answers become a table again. */
interface Parts {
  readonly split: (table: Table, N: number) => Table[]; // to [N][T][d]
  readonly attend: (q: Table[], k: Table[], v: Table[]) => Table[]; // [N][T][d]
  readonly join: (heads: Table[]) => Table; // from [N][T][d]
}

/** Head j has the columns j d to j d + d - 1, attends by itself, and puts its answer back into the same columns. */
const asDefined: Parts = {
  split: (table, N) => range(N).map((j) => table.map((row) => row.slice((j * row.length) / N, ((j + 1) * row.length) / N))),
  attend: (q, k, v) => q.map((query, j) => causalAttention(query, k[j], v[j])),
  join: (heads) => heads[0].map((_, t) => heads.flatMap((head) => head[t])),
};

/** out = concat(head 0, ..., head N - 1) Wo, where head j attends with its own d columns of x Wq, x Wk and x Wv. */
function multiHead({ x, Wq, Wk, Wv, Wo, heads }: Input, { split, attend, join } = asDefined): Answer {
  const out = x.map((rows) => {
    const [q, k, v] = [Wq, Wk, Wv].map((W) => split(product(rows, W), heads)); // [N][T][d]
    return product(join(attend(q, k, v)), Wo); // [T][D]
  });
  return { out };
}

/** out[t] = sum over s <= t of a[s] v[s], where a is the softmax over those s of q[t] k[s] / sqrt(d). */
function causalAttention(q: Table, k: Table, v: Table, divisor = Math.sqrt(q[0].length)): Table {
  return q.map((query, t) => average(softmax(k.slice(0, t + 1).map((key) => dot(query, key) / divisor)), v));
}

function softmax(score: number[]): number[] {
  const largest = Math.max(...score);
  const e = score.map((value) => Math.exp(value - largest));
  const total = e.reduce((sum, value) => sum + value, 0);
  return e.map((value) => value / total);
}

/** The weighted sum of as many values as there are weights. */
function average(weights: number[], v: Table): number[] {
  return v[0].map((_, i) => weights.reduce((sum, weight, s) => sum + weight * v[s][i], 0));
}

const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const product = (rows: Table, W: Table) => rows.map((row) => W[0].map((_, j) => row.reduce((sum, value, i) => sum + value * W[i][j], 0)));
const transpose = (W: Table) => W[0].map((_, j) => W.map((row) => row[j]));
const range = (length: number) => Array.from({ length }, (_, index) => index);

/** Numbers in the order of memory, cut into rows: what tf.reshape does. */
const inRowsOf = (length: number, numbers: number[]) =>
  range(numbers.length / length).map((r) => numbers.slice(r * length, (r + 1) * length));

const reshaped = {
  split: (table: Table, N: number) => {
    const rows = inRowsOf(table[0].length / N, table.flat()); // [N T][d]
    return range(N).map((j) => rows.slice(j * table.length, (j + 1) * table.length)); // [N][T][d]
  },
  join: (heads: Table[]) => inRowsOf(heads.length * heads[0][0].length, heads.flat(2)), // [T][D]
};

const both = (specification: typeof multiHead) => ({ multiHeadSequential: specification, multiHeadParallel: specification });
const bothWith = (parts: Partial<Parts>) => both((input: Input) => multiHead(input, { ...asDefined, ...parts }));
const parallelWith = (parts: Partial<Parts>) => ({
  multiHeadParallel: (input: Input) => multiHead(input, { ...asDefined, ...parts }),
});

const shut = -1e30; // a score that counts for nothing beside any other

export const oracle = defineOracle({
  passes: both(multiHead),
  misconceptions: {
    'reshape-without-transpose': {
      when: 'the table [T, D] is reshaped straight to [N, T, d] and back, which puts pieces of several heads into one',
      lookAt:
        'tf.reshape keeps the order of memory: it can cut the last axis in two, and only tf.transpose then moves the heads before the positions.',
      passes: parallelWith(reshaped),
    },
    'reshape-on-the-way-in': {
      when: 'the table [T, D] is reshaped straight to [N, T, d], which puts pieces of several heads into one, and only the way back is right',
      lookAt:
        'tf.reshape keeps the order of memory: let it only cut the last axis in two, and let tf.transpose move the heads to the front.',
      passes: parallelWith({ split: reshaped.split }),
    },
    'not-transposed-back': {
      when: 'the answers [N, T, d] of the heads are reshaped to [T, D] without moving the positions to the front again',
      lookAt: 'Go the way back in the opposite order: first transpose, so that the N pieces of one position are neighbours, then reshape.',
      passes: parallelWith({ join: reshaped.join }),
    },
    'heads-attend-to-heads': {
      when: 'the axes stay in the order [T, N, d], so that the heads of one position attend to each other and no position sees another',
      lookAt: 'tf.matMul multiplies the last two axes: those must be positions and d, with the heads before them.',
      passes: parallelWith({
        attend: (q, k, v) => transposeHeads(asDefined.attend(transposeHeads(q), transposeHeads(k), transposeHeads(v))),
      }),
    },
    'heads-interleaved': {
      when: 'head j takes every N-th column, j, j + N, j + 2 N, instead of d neighbouring ones',
      lookAt: 'A head has d neighbouring columns: when the last axis is cut in two, N stands before d.',
      passes: parallelWith({
        split: (table, N) => range(N).map((j) => table.map((row) => row.filter((_, column) => column % N === j))),
        join: (heads) => heads[0].map((_, t) => heads[0][t].flatMap((_value, i) => heads.map((head) => head[t][i]))),
      }),
    },
    'one-head-for-all': {
      when: 'every head works with the columns of head 0',
      lookAt: 'Head j begins at column j d of Wq, Wk and Wv.',
      passes: bothWith({ split: (table, N) => range(N).map(() => asDefined.split(table, N)[0]) }),
    },
    'scaled-by-the-model-size': {
      when: 'the scores are divided by the square root of D instead of d',
      lookAt: 'The dot product of one head adds d = D / N numbers, so sqrt(d) is what it is divided by.',
      passes: bothWith({
        attend: (q, k, v) => q.map((query, j) => causalAttention(query, k[j], v[j], Math.sqrt(q.length * query[0].length))),
      }),
    },
    'not-scaled': {
      when: 'the scores are not divided by the square root of d',
      lookAt: 'Divide the scores by sqrt(d) before the softmax; d = D / N is the size of one head.',
      passes: bothWith({ attend: (q, k, v) => q.map((query, j) => causalAttention(query, k[j], v[j], 1)) }),
    },
    'no-mask': {
      when: 'every position sees the whole sequence, its future included',
      lookAt: 'The attention is causal in every head: position t may use the keys and values 0 to t.',
      passes: bothWith({
        attend: (q, k, v) =>
          q.map((queries, j) =>
            queries.map((query) => average(softmax(k[j].map((key) => dot(query, key) / Math.sqrt(query.length))), v[j])),
          ),
      }),
    },
    'softmax-over-heads': {
      when: 'the softmax runs over the heads, so that the weights of one key add up to 1 over all heads',
      lookAt: 'In scores [B, N, T, T] the last axis holds the keys of one query; the softmax runs over that axis, in each head by itself.',
      passes: parallelWith({
        attend: (q, k, v) =>
          q.map((queries, own) =>
            queries.map((query, t) => {
              const score = (j: number, s: number) => (s <= t ? dot(q[j][t], k[j][s]) / Math.sqrt(query.length) : shut);
              return average(
                queries.map((_, s) => softmax(q.map((_head, j) => score(j, s)))[own]),
                v[own],
              );
            }),
          ),
      }),
    },
    'output-weights-forgotten': {
      when: 'the answers of the heads are put side by side and Wo is left out',
      lookAt: 'The last step multiplies the joined heads with Wo, and only there do the heads hear of each other.',
      passes: both((input: Input) => multiHead({ ...input, Wo: input.Wo.map((row, i) => row.map((_, j) => (i === j ? 1 : 0))) })),
    },
    'output-weights-transposed': {
      when: 'the joined heads are multiplied with the transpose of Wo',
      lookAt: 'Row vectors stand on the left: joined Wo, so rows j d to j d + d - 1 of Wo belong to head j.',
      passes: both((input: Input) => multiHead({ ...input, Wo: transpose(input.Wo) })),
    },
    'projections-transposed': {
      when: 'x is multiplied with the transposes of Wq, Wk and Wv, which being square fit as well',
      lookAt: 'Row vectors stand on the left: x Wq, so columns j d to j d + d - 1 of Wq belong to head j.',
      passes: both(({ x, Wq, Wk, Wv, Wo, heads }: Input) =>
        multiHead({ x, Wq: transpose(Wq), Wk: transpose(Wk), Wv: transpose(Wv), Wo, heads }),
      ),
    },
  },
});

/** [N][T][d] as [T][N][d]. */
function transposeHeads(heads: Table[]): Table[] {
  return heads[0].map((_, t) => heads.map((head) => head[t]));
}
