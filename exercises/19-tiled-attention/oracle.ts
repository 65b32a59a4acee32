import { defineOracle } from '#authoring';
import { add, cut, dot, logSumExp, mapNumbers, scale, softmax, sum, transpose, weightedSum, zerosLike, zipNumbers } from '#authoring';

type Rows = number[][][]; // [B][N][T]
type Heads = number[][][][]; // [B][N][T][d]
type State = { m: Rows; l: Rows; acc: Heads };
type TileInput = State & { q: Heads; k: Heads; v: Heads }; // k and v are [B][N][S][d]
type WholeInput = { q: Heads; k: Heads; v: Heads; tile: number };

type ScanInput = { a: number[][][]; b: number[][][]; h: number[][] }; // a and b are [B][T][H], h is [B][H]

/** softmax(q k^T / sqrt(d)) v over all keys at once, without any tile, and the logarithm of the sum of the exponentials. */
function tiledAttention({ q, k, v }: WholeInput): { out: Heads; lse: Rows } {
  const e = scores(q, k);
  return { out: eachRow(e, (row, n, j) => weightedSum(softmax(row), v[n][j])), lse: eachRow(e, logSumExp) };
}

/** What is known of one query after some tiles. */
type Known = { m: number; l: number; acc: number[] };

/** What was summed under the old maximum is carried over to the new one, and a tile is added: its scores [S] and its values [S][d]. */
function addTile(known: Known, e: number[], v: number[][]): Known {
  const { m, l, acc } = carryOver(known, Math.max(known.m, ...e));
  const p = e.map((score) => Math.exp(score - m));
  return { m, l: l + sum(p), acc: add(acc, weightedSum(p, v)) };
}

/** The same sums under another maximum. */
function carryOver({ m, l, acc }: Known, mNew: number): Known {
  const factor = Math.exp(m - mNew);
  return { m: mNew, l: factor * l, acc: scale(factor, acc) };
}

/** The last state of h[t] = a[t] h[t-1] + b[t]. */
const recurrence = (a: number[], b: number[], start: number) => a.reduce((h, gate, t) => gate * h + b[t], start);

/** How well each query fits each key, [B][N][T][S]: the dot product, divided so that its size does not grow with d. */
const scores = (q: Heads, k: Heads): Heads => eachRow(q, (query, n, j) => k[n][j].map((key) => dot(query, key) / Math.sqrt(query.length)));

function eachRow<Answer>(x: Heads, make: (row: number[], n: number, j: number, t: number) => Answer): Answer[][][] {
  return x.map((heads, n) => heads.map((head, j) => head.map((row, t) => make(row, n, j, t))));
}

/** Adds a tile to what is known of every query. */
function eachQuery(addTo: typeof addTile) {
  return ({ q, k, v, m, l, acc }: TileInput): State => {
    const known = eachRow(scores(q, k), (e, n, j, t) => addTo({ m: m[n][j][t], l: l[n][j][t], acc: acc[n][j][t] }, e, v[n][j]));
    const part = <Name extends keyof Known>(name: Name) => known.map((heads) => heads.map((head) => head.map((row) => row[name])));
    return { m: part('m'), l: part('l'), acc: part('acc') };
  };
}

/** Goes through the steps of every sequence and channel by itself. */
function eachChannel(recur: typeof recurrence) {
  return ({ a, b, h }: ScanInput): { h: number[][] } => ({
    h: h.map((starts, n) => starts.map((start, j) => recur(transpose(a[n])[j], transpose(b[n])[j], start))),
  });
}

const attendTile = eachQuery(addTile);

/** One tile after the other, from sums of 0 under the maximum `start`. */
function allTiles({ q, k, v, tile }: WholeInput, attend = attendTile, start = -1e30): State {
  let state: State = { m: eachRow(q, () => start), l: eachRow(q, () => 0), acc: zerosLike(q) };
  for (let from = 0; from < k[0][0].length; from += tile)
    state = attend({ q, k: cut(k, 2, from, from + tile), v: cut(v, 2, from, from + tile), ...state });
  return state;
}

const ended = ({ m, l, acc }: State) => ({
  out: eachRow(acc, (row, n, j, t) => scale(1 / l[n][j][t], row)),
  lse: zipNumbers(m, l, (largest, total) => largest + Math.log(total)),
});

const whole = (attention: typeof tiledAttention) => ({ tiledAttention: attention });
const tileByTile = (attend: typeof attendTile) => ({ attendTile: attend, ...whole((input) => ended(allTiles(input, attend))) });
const adding = (addTo: typeof addTile) => tileByTile(eachQuery(addTo));
const scan = (recur: typeof recurrence) => ({ scanChunk: eachChannel(recur) });

/** addTile where the old sums stay as they are. */
const addUnscaled: typeof addTile = (known, e, v) => addTile({ ...known, m: Math.max(known.m, ...e) }, e, v);
const onDevice = (score: number) => (score < -3.4e38 ? -Infinity : score); // the range of float32
const attendAndDivide = eachQuery((known, e, v) => {
  const { m, l, acc } = addTile(known, e, v);
  return { m, l, acc: scale(1 / l, acc) };
});

export const oracle = defineOracle({
  passes: { attendTile, tiledAttention, scanChunk: eachChannel(recurrence) },
  misconceptions: {
    'maximum-starts-at-minus-infinity': {
      when: 'm begins at minus infinity and a tile has no score above that: minus infinity minus minus infinity is NaN',
      lookAt: 'Begin with a finite number far below any score, -1e30: then a tile that is shut out adds exp(-infinity) = 0.',
      passes: whole((input) =>
        ended(
          allTiles(
            input,
            eachQuery((known, e, v) => addTile(known, e.map(onDevice), v)),
            -Infinity,
          ),
        ),
      ),
    },
    'nothing-rescaled': {
      when: 'a new maximum is taken, and what was summed under the old one is added as it is',
      lookAt: 'The old l and acc hold exponentials of e - m: both must be multiplied by exp(m - m_new) before anything is added.',
      passes: adding(addUnscaled),
    },
    'sum-not-rescaled': {
      when: 'acc is rescaled when the maximum grows, and l is not',
      lookAt: 'l is a sum of the same exponentials as acc: what multiplies one multiplies the other.',
      passes: adding((known, e, v) => ({ ...addTile(known, e, v), l: addUnscaled(known, e, v).l })),
    },
    'values-not-rescaled': {
      when: 'l is rescaled when the maximum grows, and acc is not',
      lookAt: 'acc is a sum of the same exponentials as l, each times its value: what multiplies one multiplies the other.',
      passes: adding((known, e, v) => ({ ...addTile(known, e, v), acc: addUnscaled(known, e, v).acc })),
    },
    'rescaled-the-wrong-way-round': {
      when: 'the old sums are multiplied by exp(m_new - m) instead of exp(m - m_new)',
      lookAt: 'A larger maximum makes every exponential smaller, so the factor is never above 1.',
      passes: adding(({ m, l, acc }, e, v) => {
        const factor = Math.exp(Math.max(m, ...e) - m);
        return addUnscaled({ m, l: factor * l, acc: scale(factor, acc) }, e, v);
      }),
    },
    'maximum-of-this-tile-only': {
      when: 'the new maximum is that of the tile, and the one before it is forgotten',
      lookAt: 'm_new is the larger of m and the largest score of the tile; else exp(m - m_new) can be infinite.',
      passes: adding((known, e, v) => carryOver(addTile(known, e, v), Math.max(...e))),
    },
    'one-maximum-for-all-rows': {
      when: 'one maximum is taken over the scores of all queries instead of one for each query',
      lookAt:
        'Take the maximum along the axis of the keys only: under the maximum of a row with much larger scores all exponentials would be 0.',
      passes: tileByTile((input) => {
        const largest = Math.max(...scores(input.q, input.k).flat(3));
        return eachQuery((known, e, v) => carryOver(addTile(known, e, v), Math.max(known.m, largest)))(input);
      }),
    },
    'divided-in-each-tile': {
      when: 'acc is divided by l after every tile, and the next tile adds to an average as if it were a sum',
      lookAt: 'Keep acc and l as two sums to the end, and divide once, after the last tile.',
      passes: {
        attendTile: attendAndDivide,
        tiledAttention: (input: WholeInput) => {
          const state = allTiles(input, attendAndDivide);
          return { ...ended(state), out: state.acc };
        },
      },
    },
    'final-division-missing': {
      when: 'out is the weighted sum itself, not yet divided by the sum of the weights',
      lookAt: 'After the last tile out is acc / l, row by row.',
      passes: whole((input) => ({ ...tiledAttention(input), out: allTiles(input).acc })),
    },
    'last-tile-dropped': {
      when: 'the keys that are left over when tile does not divide T are not read',
      lookAt: 'The last tile may be shorter than the others: with T = 7 and tile = 3 the tiles have 3, 3 and 1 keys.',
      passes: whole(({ q, k, v, tile }) => {
        const read = k[0][0].length - (k[0][0].length % tile);
        return ended(allTiles({ q, k: cut(k, 2, 0, read), v: cut(v, 2, 0, read), tile }));
      }),
    },
    'lse-without-its-maximum': {
      when: 'lse is log(l), and the maximum that was taken out of the exponentials is not put back',
      lookAt: 'The sum of exp(e) is exp(m) l, so its logarithm is m + log(l).',
      passes: whole((input) => ({ ...tiledAttention(input), lse: mapNumbers(allTiles(input).l, Math.log) })),
    },
    'maximum-starts-at-zero': {
      when: 'm begins at 0, so that the exponentials of very negative scores are all 0',
      lookAt: 'Before the first tile m must lie below any score of this world: -1e30.',
      passes: whole((input) => ended(allTiles(input, attendTile, 0))),
    },
    'not-scaled': {
      when: 'the scores are not divided by the square root of d',
      lookAt: 'Divide the scores, or the queries, by sqrt(d); d is the last axis of q.',
      passes: tileByTile((input) => attendTile({ ...input, q: scale(Math.sqrt(input.q[0][0][0].length), input.q) })),
    },
    'state-forgotten': {
      when: 'the chunk begins at 0 and not at the state that was handed to it',
      lookAt: 'When all steps of the chunk are joined to one pair (A, B), the last state is A h + B.',
      passes: scan((a, b) => recurrence(a, b, 0)),
    },
    'joined-in-the-wrong-order': {
      when: 'two steps are joined as a1 b2 + b1 instead of a2 b1 + b2',
      lookAt: 'The later step acts on what the earlier one made: its gate multiplies the earlier sum.',
      passes: scan((a, b, h) => recurrence(a.toReversed(), b.toReversed(), h)),
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
        let [A, total] = [1, 0]; // rounded to float32 at each step, as on the device
        for (const [t, gate] of a.entries()) {
          A = Math.fround(A * gate);
          total = Math.fround(total + Math.fround(b[t] / A));
        }
        return Math.fround(Math.fround(A * total) + Math.fround(A * h));
      }),
    },
  },
});
