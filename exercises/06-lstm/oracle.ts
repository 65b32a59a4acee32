import { add, defineOracle, rowTimes, sigmoid, zerosLike } from '#authoring';

type Input = {
  x: number[][][]; // [B][T][I]
  h0: number[][]; // [B][H]
  c0: number[][]; // [B][H]
  Wx: number[][]; // [I][4H]
  Wh: number[][]; // [H][4H]
  b: number[]; // [4H]
};

type Answer = {
  h: number[][][]; // [B][T][H]
  hT: number[][]; // [B][H]
  cT: number[][]; // [B][H]
};

/** What one unit remembers. */
type Memory = { h: number; c: number };

/** One step of one unit, from its four sums before sigmoid and tanh. */
type Unit = (sums: { i: number; f: number; g: number; o: number }, before: Memory) => Memory;

/** c[t] = f c[t-1] + i g and h[t] = o tanh(c[t]) in every unit, as the definition says it. */
function lstm(input: Input): Answer {
  return eachUnit(input, lstmUnit);
}

const lstmUnit: Unit = ({ i, f, g, o }, before) => {
  const c = sigmoid(f) * before.c + sigmoid(i) * Math.tanh(g);
  return { h: sigmoid(o) * Math.tanh(c), c };
};

/** Steps all units of every sequence through time. */
function eachUnit({ x, h0, c0, Wx, Wh, b }: Input, unit: Unit): Answer {
  const H = h0[0].length;
  const sequences = x.map((xs, n) => {
    let units: Memory[] = h0[n].map((h, j) => ({ h, c: c0[n][j] }));
    return xs.map((xT) => {
      const fromState = rowTimes(states(units), Wh);
      const z = add(add(rowTimes(xT, Wx), fromState), b); // [4H]
      return (units = units.map((before, j) => unit({ i: z[j], f: z[H + j], g: z[2 * H + j], o: z[3 * H + j] }, before)));
    });
  }); // [B][T][H]
  const last = sequences.map((steps) => steps[steps.length - 1]);
  return { h: sequences.map((steps) => steps.map(states)), hT: last.map(states), cT: last.map((units) => units.map(({ c }) => c)) };
}

const states = (units: Memory[]) => units.map(({ h }) => h);

const withUnit = (unit: Unit) => ({ lstm: (input: Input) => eachUnit(input, unit) });

/** The LSTM that carries on and shows something else of its new cell. */
const withCell = ({ carried, shown }: Record<'carried' | 'shown', (c: number) => number>) =>
  withUnit((sums, before) => {
    const { c } = lstmUnit(sums, before);
    return { h: sigmoid(sums.o) * shown(c), c: carried(c) };
  });

/** The LSTM that looks for block k of unit j in another column. */
const readingColumns = (place: (k: number, j: number, H: number) => number) => ({
  lstm: (input: Input) => {
    const H = input.h0[0].length;
    const moved = (row: number[]) => row.map((_, index) => row[place(Math.floor(index / H), index % H, H)]);
    return lstm({ ...input, Wx: input.Wx.map(moved), Wh: input.Wh.map(moved), b: moved(input.b) });
  },
});
const inOrder = (...blocks: number[]) => readingColumns((k, j, H) => blocks[k] * H + j);

export const oracle = defineOracle({
  passes: { lstm },
  misconceptions: {
    'order-i-f-o-g': {
      when: 'the four blocks are read in the order i, f, o, g',
      lookAt: 'The third block is the candidate g, which goes through tanh; the fourth is the output gate o.',
      passes: inOrder(0, 1, 3, 2),
    },
    'order-i-g-f-o': {
      when: 'the four blocks are read in the order i, g, f, o, as tf.basicLSTMCell has them',
      lookAt: 'Here the second block is the forget gate f and the third the candidate g.',
      passes: inOrder(0, 2, 1, 3),
    },
    'input-and-forget-exchanged': {
      when: 'the input gate and the forget gate have changed places',
      lookAt: 'The first block is i, which multiplies the candidate; the second is f, which multiplies the old cell.',
      passes: inOrder(1, 0, 2, 3),
    },
    'gates-interleaved': {
      when: 'the columns are read as four numbers for each unit, as a reshape to [B, H, 4] does, instead of four blocks of H',
      lookAt: 'Columns 0 to H-1 belong to i, the next H to f, then g, then o: tf.split(z, 4, 1) cuts them like that.',
      passes: readingColumns((k, j) => 4 * j + k),
    },
    'forget-gate-upside-down': {
      when: 'the old cell is multiplied with 1 - f, so that an open forget gate forgets',
      lookAt: 'In spite of its name the forget gate says how much to keep: f = 1 keeps everything, f = 0 forgets.',
      passes: withUnit((sums, before) => lstmUnit({ ...sums, f: -sums.f }, before)),
    },
    'forget-bias-built-in': {
      when: 'a 1 is added inside the forget gate, as some libraries do by themselves',
      lookAt: 'The bias b is used as it is given: whoever wants the forget gate open from the start puts the 1 into b.',
      passes: withUnit((sums, before) => lstmUnit({ ...sums, f: sums.f + 1 }, before)),
    },
    'tanh-missing-on-the-cell': {
      when: 'the state is o c, without the tanh on the cell',
      lookAt: 'The cell may grow beyond 1 and is shown through a tanh: h[t] = o[t] tanh(c[t]).',
      passes: withCell({ carried: (c) => c, shown: (c) => c }),
    },
    'cell-squashed': {
      when: 'the cell itself goes through the tanh and is carried on like that',
      lookAt: 'The tanh belongs to what is shown, h; the next step reads the cell before that tanh.',
      passes: withCell({ carried: Math.tanh, shown: Math.tanh }),
    },
    'cell-squashed-twice': {
      when: 'the cell goes through a tanh before it is carried on, and through another before it is shown',
      lookAt: 'There is one tanh on the cell, in the line of h[t]; c[t] = f[t] c[t-1] + i[t] g[t] is carried on as it is.',
      passes: withCell({ carried: Math.tanh, shown: (c) => Math.tanh(Math.tanh(c)) }),
    },
    'old-cell-shown': {
      when: 'the state is made from the old cell, before this step has changed it',
      lookAt: 'First make the new cell c[t], then show it: h[t] = o[t] tanh(c[t]).',
      passes: withUnit((sums, before) => ({ h: sigmoid(sums.o) * Math.tanh(before.c), c: lstmUnit(sums, before).c })),
    },
    'state-in-place-of-the-cell': {
      when: 'the forget gate multiplies the old state h instead of the old cell c',
      lookAt: 'Two things are carried from step to step: h goes into the gates by Wh, and c goes into the new cell.',
      passes: withUnit((sums, before) => lstmUnit(sums, { ...before, c: before.h })),
    },
    'candidate-through-sigmoid': {
      when: 'the candidate g goes through a sigmoid like the gates',
      lookAt: 'i, f and o are gates between 0 and 1; g is what is written and may be negative, so it goes through tanh.',
      passes: withUnit(({ i, f, g, o }, before) => {
        const c = sigmoid(f) * before.c + sigmoid(i) * sigmoid(g);
        return { h: sigmoid(o) * Math.tanh(c), c };
      }),
    },
    'starts-exchanged': {
      when: 'h0 and c0 have changed places',
      lookAt: 'The first step multiplies h0 with Wh, and c0 with its forget gate.',
      passes: { lstm: (input: Input) => lstm({ ...input, h0: input.c0, c0: input.h0 }) },
    },
    'start-forgotten': {
      when: 'state and cell before the first step are taken to be zero instead of h0 and c0',
      lookAt: 'The first step reads h0 and c0; they are zero only where nothing was read before.',
      passes: { lstm: (input: Input) => lstm({ ...input, h0: zerosLike(input.h0), c0: zerosLike(input.c0) }) },
    },
    'state-answered-as-cell': {
      when: 'cT holds the last state instead of the last cell',
      lookAt: 'hT is o tanh(cT): whoever reads on needs both, so answer with the variable that carries the cell.',
      passes: { lstm: (input: Input) => ({ ...lstm(input), cT: lstm(input).hT }) },
    },
    'answers-exchanged': {
      when: 'hT and cT have changed places',
      lookAt: 'hT is the last state, o tanh(c), and cT the last cell, c itself.',
      passes: { lstm: (input: Input) => ({ h: lstm(input).h, hT: lstm(input).cT, cT: lstm(input).hT }) },
    },
    'weights-exchanged': {
      when: 'Wx and Wh have changed places, which only I = H allows',
      lookAt: 'Wx stands with the input x[t], Wh with the state h[t-1].',
      passes: {
        lstm: (input: Input) => lstm(input.Wx.length === input.Wh.length ? { ...input, Wx: input.Wh, Wh: input.Wx } : input),
      },
    },
  },
});
