import { defineOracle } from '#authoring';

type Rows = number[][][]; // [B][N][T]
type Heads = number[][][][]; // [B][N][T][d]

interface TileInput extends Record<string, Rows | Heads> {
  q: Heads; // [B][N][T][d]
  k: Heads; // [B][N][S][d]
  v: Heads; // [B][N][S][d]
  m: Rows; // [B][N][T]
  l: Rows; // [B][N][T]
  acc: Heads; // [B][N][T][d]
}

interface WholeInput extends Record<string, number | Heads> {
  q: Heads; // [B][N][T][d]
  k: Heads; // [B][N][T][d]
  v: Heads; // [B][N][T][d]
  tile: number;
}

interface ScanInput extends Record<string, number[][] | number[][][]> {
  a: number[][][]; // [B][T][H]
  b: number[][][]; // [B][T][H]
  h: number[][]; // [B][H]
}

/** What is known of one query after some tiles. */
interface Row {
  m: number;
  l: number;
  acc: number[];
}

/** Folds a tile into one query's row: its scores [S] and the values [S][d]. `largest` is the tile's largest score of all queries, heads and sequences. */
type Fold = (row: Row, e: number[], v: number[][], largest: number) => Row;

const total = (x: number[]) => x.reduce((sum, value) => sum + value, 0);
const weighted = (p: number[], v: number[][]) => v[0].map((_, i) => total(p.map((weight, s) => weight * v[s][i])));
const factor = (m: number, mNew: number) => Math.exp(m - mNew);

/** What was summed under the maximum m is carried over to mNew by a factor, and the tile is added. */
function foldUnder(mNew: number, { m, l, acc }: Row, e: number[], v: number[][], ofSum = factor, ofValues = ofSum): Row {
  const p = e.map((score) => Math.exp(score - mNew));
  const added = weighted(p, v);
  return { m: mNew, l: ofSum(m, mNew) * l + total(p), acc: acc.map((sum, i) => ofValues(m, mNew) * sum + added[i]) };
}

const rescaling =
  (ofSum: typeof factor, ofValues = ofSum): Fold =>
  (row, e, v) =>
    foldUnder(Math.max(row.m, ...e), row, e, v, ofSum, ofValues);
const fold = rescaling(factor);
const thenDivided: Fold = (row, e, v, largest) => {
  const { m, l, acc } = fold(row, e, v, largest);
  return { m, l, acc: acc.map((sum) => sum / l) };
};

/** How well each query fits each key, [B][N][T][S]: the dot product, divided so that its size does not grow with d. */
const scores = (q: Heads, k: Heads, divisor = Math.sqrt(q[0][0][0].length)): Heads =>
  q.map((heads, n) => heads.map((head, j) => head.map((query) => k[n][j].map((key) => dot(query, key) / divisor))));
const dot = (x: number[], y: number[]) => total(x.map((value, i) => value * y[i]));
const onDevice = (score: number) => (score < -3.4e38 ? -Infinity : score); // the range of float32
const largestOf = (e: Heads) => Math.max(...e.flat(3));
const part = <Answer, Name extends keyof Answer>(rows: Answer[][][], name: Name) =>
  rows.map((heads) => heads.map((head) => head.map((row) => row[name])));

const tileWith =
  (change: Fold, divisor?: number) =>
  ({ q, k, v, m, l, acc }: TileInput): { m: Rows; l: Rows; acc: Heads } => {
    const e = scores(q, k, divisor);
    const rowOf = (n: number, j: number, t: number) => ({ m: m[n][j][t], l: l[n][j][t], acc: acc[n][j][t] });
    const rows = e.map((heads, n) => heads.map((head, j) => head.map((row, t) => change(rowOf(n, j, t), row, v[n][j], largestOf(e)))));
    return { m: part(rows, 'm'), l: part(rows, 'l'), acc: part(rows, 'acc') };
  };

/** softmax(q k^T / sqrt(d)) v over all keys at once, without any tile, and the logarithm of the sum of the exponentials. */
function attention({ q, k, v }: WholeInput): { out: Heads; lse: Rows } {
  const nothing = q[0][0][0].map(() => 0);
  const rows = scores(q, k).map((heads, n) =>
    heads.map((head, j) => head.map((e) => ended(foldUnder(Math.max(...e), { m: -Infinity, l: 0, acc: nothing }, e, v[n][j])))),
  );
  return { out: part(rows, 'out'), lse: part(rows, 'lse') };
}
const ended = ({ m, l, acc }: Row) => ({ out: acc.map((sum) => sum / l), lse: m + Math.log(l) });

interface Plan {
  change?: Fold;
  divisor?: number | undefined;
  start?: number;
  dropsRest?: boolean;
  end?: (row: Row) => { out: number[]; lse: number };
}

/** Attention tile by tile, with one thing done otherwise. */
const tiledWith =
  ({ change = fold, divisor, start = -1e30, dropsRest = false, end = ended }: Plan) =>
  ({ q, k, v, tile }: WholeInput): { out: Heads; lse: Rows } => {
    const T = k[0][0].length;
    let rows = q.map((heads) => heads.map((head) => head.map((query): Row => ({ m: start, l: 0, acc: query.map(() => 0) }))));
    for (let from = 0; from < (dropsRest ? T - (T % tile) : T); from += tile) {
      const [keys, values] = [k, v].map((x) => x.map((heads) => heads.map((head) => head.slice(from, from + tile))));
      const e = scores(q, keys, divisor).map((heads) => heads.map((head) => head.map((row) => row.map(onDevice))));
      rows = rows.map((heads, n) => heads.map((head, j) => head.map((row, t) => change(row, e[n][j][t], values[n][j], largestOf(e)))));
    }
    const ends = rows.map((heads) => heads.map((head) => head.map(end)));
    return { out: part(ends, 'out'), lse: part(ends, 'lse') };
  };

/** h[t] = a[t] h[t-1] + b[t], elementwise, and the last state of it. */
const scanWith =
  (recur: (a: number[], b: number[], h: number) => number) =>
  ({ a, b, h }: ScanInput): { h: number[][] } => ({
    h: h.map((row, n) =>
      row.map((start, j) =>
        recur(
          a[n].map((gates) => gates[j]),
          b[n].map((sums) => sums[j]),
          start,
        ),
      ),
    ),
  });
const recurrence = (a: number[], b: number[], h: number) => a.reduce((state, gate, t) => gate * state + b[t], h);

const both = (change: Fold, divisor?: number) => ({
  attendTile: tileWith(change, divisor),
  tiledAttention: tiledWith({ change, divisor }),
});
const whole = (plan: Plan) => ({ tiledAttention: tiledWith(plan) });
const scan = (recur: typeof recurrence) => ({ scanChunk: scanWith(recur) });

export const oracle = defineOracle({
  passes: { attendTile: tileWith(fold), tiledAttention: attention, scanChunk: scanWith(recurrence) },
  misconceptions: {
    'maximum-starts-at-minus-infinity': {
      when: 'm begins at minus infinity and a tile has no score above that: minus infinity minus minus infinity is NaN',
      lookAt: 'Begin with a finite number far below any score, -1e30: then a tile that is shut out adds exp(-infinity) = 0.',
      passes: whole({ start: -Infinity }),
    },
    'nothing-rescaled': {
      when: 'a new maximum is taken, and what was summed under the old one is added as it is',
      lookAt: 'The old l and acc hold exponentials of e - m: both must be multiplied by exp(m - m_new) before anything is added.',
      passes: both(rescaling(() => 1)),
    },
    'sum-not-rescaled': {
      when: 'acc is rescaled when the maximum grows, and l is not',
      lookAt: 'l is a sum of the same exponentials as acc: what multiplies one multiplies the other.',
      passes: both(rescaling(() => 1, factor)),
    },
    'values-not-rescaled': {
      when: 'l is rescaled when the maximum grows, and acc is not',
      lookAt: 'acc is a sum of the same exponentials as l, each times its value: what multiplies one multiplies the other.',
      passes: both(rescaling(factor, () => 1)),
    },
    'rescaled-the-wrong-way-round': {
      when: 'the old sums are multiplied by exp(m_new - m) instead of exp(m - m_new)',
      lookAt: 'A larger maximum makes every exponential smaller, so the factor is never above 1.',
      passes: both(rescaling((m, mNew) => factor(mNew, m))),
    },
    'maximum-of-this-tile-only': {
      when: 'the new maximum is that of the tile, and the one before it is forgotten',
      lookAt: 'm_new is the larger of m and the largest score of the tile; else exp(m - m_new) can be infinite.',
      passes: both((row, e, v) => foldUnder(Math.max(...e), row, e, v)),
    },
    'one-maximum-for-all-rows': {
      when: 'one maximum is taken over the scores of all queries instead of one for each query',
      lookAt:
        'Take the maximum along the axis of the keys only: under the maximum of a row with much larger scores all exponentials would be 0.',
      passes: both((row, e, v, largest) => foldUnder(Math.max(row.m, largest), row, e, v)),
    },
    'divided-in-each-tile': {
      when: 'acc is divided by l after every tile, and the next tile adds to an average as if it were a sum',
      lookAt: 'Keep acc and l as two sums to the end, and divide once, after the last tile.',
      passes: {
        attendTile: tileWith(thenDivided),
        tiledAttention: tiledWith({ change: thenDivided, end: ({ acc, ...row }) => ({ ...ended({ acc, ...row }), out: acc }) }),
      },
    },
    'final-division-missing': {
      when: 'out is the weighted sum itself, not yet divided by the sum of the weights',
      lookAt: 'After the last tile out is acc / l, row by row.',
      passes: whole({ end: (row) => ({ ...ended(row), out: row.acc }) }),
    },
    'last-tile-dropped': {
      when: 'the keys that are left over when tile does not divide T are not read',
      lookAt: 'The last tile may be shorter than the others: with T = 7 and tile = 3 the tiles have 3, 3 and 1 keys.',
      passes: whole({ dropsRest: true }),
    },
    'lse-without-its-maximum': {
      when: 'lse is log(l), and the maximum that was taken out of the exponentials is not put back',
      lookAt: 'The sum of exp(e) is exp(m) l, so its logarithm is m + log(l).',
      passes: whole({ end: (row) => ({ ...ended(row), lse: Math.log(row.l) }) }),
    },
    'maximum-starts-at-zero': {
      when: 'm begins at 0, so that the exponentials of very negative scores are all 0',
      lookAt: 'Before the first tile m must lie below any score of this world: -1e30.',
      passes: whole({ start: 0 }),
    },
    'not-scaled': {
      when: 'the scores are not divided by the square root of d',
      lookAt: 'Divide the scores, or the queries, by sqrt(d); d is the last axis of q.',
      passes: both(fold, 1),
    },
    'state-forgotten': {
      when: 'the chunk begins at 0 and not at the state that was handed to it',
      lookAt: 'When all steps of the chunk are joined to one pair (A, B), the last state is A h + B.',
      passes: scan((a, b) => recurrence(a, b, 0)),
    },
    'joined-in-the-wrong-order': {
      when: 'two steps are joined as a1 b2 + b1 instead of a2 b1 + b2',
      lookAt: 'The later step acts on what the earlier one made: its gate multiplies the earlier sum.',
      passes: scan((a, b, h) => a.reduce((product, gate) => product * gate, 1) * h + recurrence(a.toReversed(), b.toReversed(), 0)),
    },
    'odd-step-dropped': {
      when: 'a step that has no neighbour to be joined with is dropped',
      lookAt: 'Where the number of maps is odd, add the map that changes nothing, gate 1 and sum 0, at the end.',
      passes: scan((a, b, h) => {
        const read = 2 ** Math.floor(Math.log2(a.length)); // a chunk of 7: three pairs, then one
        return recurrence(a.slice(0, read), b.slice(0, read), h);
      }),
    },
    'divided-by-the-product': {
      when: 'the sum is divided by the running product of the gates, A sum(b / A)',
      lookAt: 'The product of many gates below one leaves the range of float32 after about a hundred steps; join neighbours instead.',
      passes: scan((a, b, h) => {
        let [A, sum] = [1, 0]; // rounded to float32 at each step, as on the device
        for (const [t, gate] of a.entries()) {
          A = Math.fround(A * gate);
          sum = Math.fround(sum + Math.fround(b[t] / A));
        }
        return Math.fround(Math.fround(A * sum) + Math.fround(A * h));
      }),
    },
  },
});
