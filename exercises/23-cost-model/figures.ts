import type { Figures } from '#authoring';

const [B, D] = [1, 64];
const [perKernel, perMegaflop] = [10, 100]; // microseconds, of a machine that was made up
const lengths = Array.from({ length: 27 }, (_, i) => Math.round(2 ** (i / 2))); // 1 to 8,192

export const figures: Figures = {
  crossover: async (studio) => {
    const costs = await studio.solution('23-cost-model');
    const along = async (pass: string): Promise<[number, number][]> => {
      const points: [number, number][] = [];
      for (const T of lengths) {
        const { kernels, flops } = (await costs.call(pass, { B, T, D })) as { kernels: number; flops: number };
        points.push([T, (perKernel * kernels + (perMegaflop * flops) / 1e6) / 1000]);
      }
      return points;
    };
    return {
      kind: 'curves',
      title: 'Two passes and where they cross',
      note: `Predicted for a made-up machine: ${perKernel} microseconds a kernel and ${perMegaflop} a million FLOPs, B = ${B}, D = ${D}.`,
      x: { label: 'length of the sequence, T', log: true },
      y: { label: 'milliseconds', log: true },
      series: [
        { name: 'Elman network', points: await along('elmanCost') },
        { name: 'causal attention', points: await along('attentionCost') },
      ],
    };
  },
};
