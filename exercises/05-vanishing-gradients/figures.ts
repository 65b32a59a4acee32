import { add, dot, type Figures, type Matrix, matmul, mean, toTensor, transpose } from '#authoring';

const [B, T, H] = [32, 64, 32]; // sequences to average over, steps, size of input and state alike

/** The gradient by x at each distance from the end: its length, as the geometric mean over the batch, which suits a log axis. */
function lengths(dx: Matrix[]): [number, number][] {
  const last = dx[0].length - 1;
  const length = (row: number[]) => Math.sqrt(dot(row, row));
  return dx[0].map((_, k) => [k, Math.exp(mean(dx.map((rows) => Math.log(length(rows[last - k])))))]);
}

const zeros = (count: number) => Array.from({ length: count }, () => 0);

/** A flat list as B sequences of T rows. */
const asRows = (flat: ArrayLike<number>): Matrix[] =>
  Array.from({ length: B }, (_b, n) =>
    Array.from({ length: T }, (_t, t) => Array.from({ length: H }, (_h, i) => flat[(n * T + t) * H + i])),
  );

export const figures: Figures = {
  'gradient-against-distance': async (studio) => {
    const { random } = studio;
    const [elman, lstm, attention] = [
      await studio.solution('02-elman-sequence'),
      await studio.solution('06-lstm'),
      await studio.solution('10-causal-attention'),
    ];
    const x = random.normal([B, T, H]);
    const c = random.normal([B, H], H ** -0.5); // of length about 1
    const weights = (columns: number) => random.normal([H, columns], H ** -0.5);
    const state = toTensor(Array.from({ length: B }, () => zeros(H)));

    const recurrent = { x: toTensor(x), h0: state, Wx: toTensor(weights(H)), Wh: toTensor(weights(H)), b: toTensor(zeros(H)) };
    const byInput = { of: 'hT', cotangent: toTensor(c), by: ['x'] };
    const ofElman = await elman.gradients('elmanSequence', recurrent, byInput);

    const gated = { x: toTensor(x), h0: state, c0: state, Wx: toTensor(weights(4 * H)), Wh: toTensor(weights(4 * H)) };
    const ofLstm = async (forgetBias: number) => {
      const b = toTensor([...zeros(H), ...zeros(H).fill(forgetBias), ...zeros(2 * H)]); // blocks in the order i, f, g, o
      return lengths(asRows((await lstm.gradients('lstm', { ...gated, b }, byInput))['x'].data));
    };

    const [Wq, Wk, Wv] = [weights(H), weights(H), weights(H)];
    const heads = (W: Matrix) => toTensor(x.map((rows) => [matmul(rows, W)])); // [B, 1, T, H]
    const atTheEnd = toTensor(c.map((row) => [Array.from({ length: T }, (_, t) => (t === T - 1 ? row : zeros(H)))]));
    const byHeads = { of: 'out', cotangent: atTheEnd, by: ['q', 'k', 'v'] };
    const ofHeads = await attention.gradients('causalAttentionParallel', { q: heads(Wq), k: heads(Wk), v: heads(Wv) }, byHeads);
    const back = [Wq, Wk, Wv].map((W, i) => asRows(ofHeads[['q', 'k', 'v'][i]].data).map((rows) => matmul(rows, transpose(W))));
    const ofAttention = back.reduce((sum, part) => add(sum, part));

    return {
      kind: 'curves',
      title: 'Gradient of the last output by each input',
      note: `Nothing is trained. Inputs and weights are random, of variance 1 and 1/${H}; every bias is 0 but the LSTM's forget bias, which is fixed as named. ${T} steps, ${H} numbers in input and state, one attention head, geometric mean over ${B} sequences.`,
      x: { label: 'distance of the input from the end, steps', log: false },
      y: { label: 'length of the gradient', log: true },
      series: [
        { name: 'Elman network', points: lengths(asRows(ofElman['x'].data)) },
        { name: 'LSTM, forget bias 0', points: await ofLstm(0) },
        { name: 'LSTM, forget bias 3', points: await ofLstm(3) },
        { name: 'causal attention', points: lengths(ofAttention) },
      ],
    };
  },
};
