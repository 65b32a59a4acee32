import { type Figures, toTensor } from '#authoring';

const lengths = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

export const figures: Figures = {
  rounds: async ({ solution, random }) => {
    const scan = await solution('15-associative-scan');
    const count = async (pass: string): Promise<[number, number][]> => {
      const points: [number, number][] = [];
      for (const T of lengths) {
        const input = {
          a: toTensor(random.uniform([1, T, 2])),
          b: toTensor(random.normal([1, T, 2])),
          h0: toTensor(random.normal([1, 2])),
        };
        points.push([T, (await scan.profile(pass, input)).kernelCount]);
      }
      return points;
    };
    return {
      kind: 'curves',
      title: 'Kernels of the loop and of the scan',
      note: 'Both give the same states.',
      x: { label: 'length of the sequence, T', log: true },
      y: { label: 'kernels, one after the other', log: true },
      series: [
        { name: 'one step after the other', points: await count('linearRecurrenceSequential') },
        { name: 'rounds of joined steps', points: await count('linearRecurrenceParallel') },
      ],
    };
  },
};
