import { cut, defineOracle, matmul, range, samePasses, scale, scaledScores, softmax, transpose, weightedSum } from '#authoring';

type Input = {
  x: number[][][]; // [B][T][D]
  Wq: number[][]; // [D][D]
  Wk: number[][]; // [D][D]
  Wv: number[][]; // [D][D]
  Wo: number[][]; // [D][D]
  heads: number; // N
};

type Table = number[][]; // [T][D] for all heads, [T][d] for one
type Answer = { out: Table[] };

/** out = concat(head 0, ..., head N - 1) Wo, where head j attends with its own d columns of x Wq, x Wk and x Wv. */
function multiHead({ x, Wq, Wk, Wv, Wo, heads }: Input): Answer {
  const out = x.map((rows) => {
    const [q, k, v] = [Wq, Wk, Wv].map((W) => split(matmul(rows, W), heads)); // [N][T][d]
    return matmul(join(attend(q, k, v)), Wo); // [T][D]
  });
  return { out };
}

/** Head j has the columns j d to j d + d - 1. */
function split(table: Table, N: number): Table[] {
  const d = table[0].length / N;
  return range(N).map((j) => cut(table, 1, j * d, (j + 1) * d));
}

/** In each head out[t] is the sum over s <= t of a[s] v[s], where a is the softmax over those s of q[t] k[s] / sqrt(d). */
function attend(q: Table[], k: Table[], v: Table[]): Table[] {
  return q.map((queries, j) => queries.map((query, t) => weightedSum(softmax(scaledScores(query, k[j].slice(0, t + 1))), v[j])));
}

/** Each head puts its answer back into the columns that it has. */
function join(heads: Table[]): Table {
  return transpose(heads).map((pieces) => pieces.flat());
}

const both = samePasses('multiHeadSequential', 'multiHeadParallel');
const parallel = (specification: typeof multiHead) => ({ multiHeadParallel: specification });

/** The same three steps, done in another way. */
const inSteps =
  (splitting: typeof split, attending: typeof attend, joining: typeof join) =>
  ({ x, Wq, Wk, Wv, Wo, heads }: Input): Answer => {
    const headsOf = (rows: Table, W: Table) => splitting(matmul(rows, W), heads);
    return { out: x.map((rows) => matmul(joining(attending(headsOf(rows, Wq), headsOf(rows, Wk), headsOf(rows, Wv))), Wo)) };
  };

/** Numbers in the order of memory, cut into rows: what tf.reshape does. */
const inRowsOf = (length: number, numbers: number[]) =>
  range(numbers.length / length).map((r) => numbers.slice(r * length, (r + 1) * length));

const splitByReshape = (table: Table, N: number) => {
  const rows = inRowsOf(table[0].length / N, table.flat()); // [N T][d]
  return range(N).map((j) => cut(rows, 0, j * table.length, (j + 1) * table.length)); // [N][T][d]
};
const joinByReshape = (heads: Table[]) => inRowsOf(heads.length * heads[0][0].length, heads.flat(2)); // [T][D]

const shut = -1e30; // a score that counts for nothing beside any other

export const oracle = defineOracle({
  passes: both(multiHead),
  misconceptions: {
    'forgets-far-steps': {
      when: 'a position sees the last 32 positions and none before them',
      lookAt: 'Position t attends to all of 0 to t, however long the sequence is: the mask shuts out the future only.',
      passes: parallel(
        inSteps(
          split,
          (q, k, v) => {
            const recent = (x: Table, t: number) => x.slice(Math.max(0, t - 31), t + 1);
            return q.map((queries, j) =>
              queries.map((query, t) => weightedSum(softmax(scaledScores(query, recent(k[j], t))), recent(v[j], t))),
            );
          },
          join,
        ),
      ),
    },
    'reshape-without-transpose': {
      when: 'the table [T, D] is reshaped straight to [N, T, d] and back, which puts pieces of several heads into one',
      lookAt:
        'tf.reshape keeps the order of memory: it can cut the last axis in two, and only tf.transpose then moves the heads before the positions.',
      passes: parallel(inSteps(splitByReshape, attend, joinByReshape)),
    },
    'reshape-on-the-way-in': {
      when: 'the table [T, D] is reshaped straight to [N, T, d], which puts pieces of several heads into one, and only the way back is right',
      lookAt:
        'tf.reshape keeps the order of memory: let it only cut the last axis in two, and let tf.transpose move the heads to the front.',
      passes: parallel(inSteps(splitByReshape, attend, join)),
    },
    'not-transposed-back': {
      when: 'the answers [N, T, d] of the heads are reshaped to [T, D] without moving the positions to the front again',
      lookAt: 'Go the way back in the opposite order: first transpose, so that the N pieces of one position are neighbours, then reshape.',
      passes: parallel(inSteps(split, attend, joinByReshape)),
    },
    'heads-attend-to-heads': {
      when: 'the axes stay in the order [T, N, d], so that the heads of one position attend to each other and no position sees another',
      lookAt: 'tf.matMul multiplies the last two axes: those must be positions and d, with the heads before them.',
      passes: parallel(inSteps(split, (q, k, v) => transpose(attend(transpose(q), transpose(k), transpose(v))), join)),
    },
    'heads-interleaved': {
      when: 'head j takes every N-th column, j, j + N, j + 2 N, instead of d neighbouring ones',
      lookAt: 'A head has d neighbouring columns: when the last axis is cut in two, N stands before d.',
      passes: parallel(
        inSteps(
          (table, N) => range(N).map((j) => table.map((row) => row.filter((_, column) => column % N === j))),
          attend,
          (heads) => transpose(heads).map((pieces) => transpose(pieces).flat()),
        ),
      ),
    },
    'one-head-for-all': {
      when: 'every head works with the columns of head 0',
      lookAt: 'Head j begins at column j d of Wq, Wk and Wv.',
      passes: both(inSteps((table, N) => range(N).map(() => split(table, N)[0]), attend, join)),
    },
    'scaled-by-the-model-size': {
      when: 'the scores are divided by the square root of D instead of d',
      lookAt: 'The dot product of one head adds d = D / N numbers, so sqrt(d) is what it is divided by.',
      passes: both((input: Input) => multiHead({ ...input, Wq: scale(input.heads ** -0.5, input.Wq) })),
    },
    'not-scaled': {
      when: 'the scores are not divided by the square root of d',
      lookAt: 'Divide the scores by sqrt(d) before the softmax; d = D / N is the size of one head.',
      passes: both((input: Input) => multiHead({ ...input, Wq: scale(Math.sqrt(input.Wq.length / input.heads), input.Wq) })),
    },
    'no-mask': {
      when: 'every position sees the whole sequence, its future included',
      lookAt: 'The attention is causal in every head: position t may use the keys and values 0 to t.',
      passes: both(
        inSteps(
          split,
          (q, k, v) => q.map((queries, j) => queries.map((query) => weightedSum(softmax(scaledScores(query, k[j])), v[j]))),
          join,
        ),
      ),
    },
    'softmax-over-heads': {
      when: 'the softmax runs over the heads, so that the weights of one key add up to 1 over all heads',
      lookAt: 'In scores [B, N, T, T] the last axis holds the keys of one query; the softmax runs over that axis, in each head by itself.',
      passes: parallel(
        inSteps(
          split,
          (q, k, v) =>
            q.map((queries, own) =>
              queries.map((_, t) => {
                const all = q.map((head, j) => scaledScores(head[t], k[j]).map((score, s) => (s <= t ? score : shut))); // [N][T]
                return weightedSum(transpose(transpose(all).map(softmax))[own], v[own]);
              }),
            ),
          join,
        ),
      ),
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
