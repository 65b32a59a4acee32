import { type Figures, mean, toTensor } from '#authoring';

const [seed, repeats, steps, batch] = [102, 4, 70, 32];
const models = ['Elman', 'LSTM', 'Transformer'];
const rates = [0.02, 0.1, 0.02]; // the better of 0.02 and 0.1 for each
const recall = 2;
const width = 2; // steps in a mean

export const figures: Figures = {
  'recall-curves': async (studio) => {
    const lab = await studio.solution('21-recall');
    const series: { name: string; points: [number, number][] }[] = [];
    for (const [model, name] of models.entries()) {
      const input = { model, task: recall, seed, repeats, steps, batch, learningRates: toTensor([rates[model]]) };
      const { losses } = (await lab.call('train', input)) as unknown as { losses: { data: ArrayLike<number> } }; // [1, repeats, steps]
      const at = (step: number) => mean(Array.from({ length: repeats }, (_, s) => losses.data[s * steps + step]));
      const points = Array.from({ length: steps / width }, (_, i): [number, number] => [
        (i + 0.5) * width,
        mean(Array.from({ length: width }, (_w, k) => at(i * width + k))),
      ]);
      series.push({ name, points });
    }
    series.push({ name: 'guessing', points: series[0].points.map(([step]) => [step, Math.log(8)]) });
    return {
      kind: 'curves',
      title: 'Recall: the loss while training',
      note: `Each model with its best learning rate, ${batch} sequences a step, the mean of ${repeats} runs and of ${width} steps each. Guessing among the eight values costs ln 8.`,
      x: { label: 'step', log: false },
      y: { label: 'loss, nats', log: false },
      series,
    };
  },
};
