import { type Figures, toTensor } from '#authoring';

/** Kernels of one call against T: what the two passes ask of the device, on any machine. */
export const figures: Figures = {
  orders: async (studio) => {
    const passes = await studio.solution('20-the-race');
    const [D, heads] = [8, 2];
    const square = () => toTensor(studio.random.normal([D, D], D ** -0.5));
    const weights = { Wx: square(), Wh: square(), Wq: square(), Wk: square(), Wv: square(), Wo: square(), heads };
    const counts = { elmanSequential: [] as [number, number][], attentionParallel: [] as [number, number][] };
    for (const T of [16, 64, 256, 1024]) {
      const input = {
        x: toTensor(studio.random.normal([1, T, D])),
        h0: toTensor(studio.random.normal([1, D])),
        b: toTensor(studio.random.normal([D])),
        ...weights,
      };
      for (const pass of ['elmanSequential', 'attentionParallel'] as const)
        counts[pass].push([T, (await passes.profile(pass, input)).kernelCount]);
    }
    return {
      kind: 'curves',
      title: 'Orders to the device in one call',
      note: 'The loop gives three more for each further step. The attention gives the same number whatever the length, and they get larger.',
      x: { label: 'positions T', log: true },
      y: { label: 'operations', log: true },
      series: [
        { name: 'loop', points: counts.elmanSequential },
        { name: 'attention', points: counts.attentionParallel },
      ],
    };
  },
};
