import { type Figures, mean } from '#authoring';

const [seed, repeats, batch, T, far] = [1, 6, 32, 10, 40];
const steps = [150, 60]; // of each task
const models = ['Elman network', 'Transformer'];
const tasks = ['parity', 'majority'];

export const figures: Figures = {
  'accuracy-by-length': async (studio) => {
    const lab = await studio.solution('22-where-recurrence-wins');
    const series: { name: string; points: [number, number][] }[] = [];
    for (const [task, what] of tasks.entries())
      for (const [model, name] of models.entries()) {
        const answer = await lab.call('extrapolation', { model, task, seed, repeats, steps: steps[task], batch, T, far });
        const { accuracy } = answer as unknown as { accuracy: { data: ArrayLike<number> } }; // [repeats, far]
        const at = (t: number) => mean(Array.from({ length: repeats }, (_, s) => accuracy.data[s * far + t]));
        series.push({ name: `${name}, ${what}`, points: Array.from({ length: far }, (_, t): [number, number] => [t + 1, at(t)]) });
      }
    return {
      kind: 'curves',
      title: 'Right answers by length',
      note: `Trained on ${T} bits, ${steps.join(' and ')} steps; the mean of ${repeats} runs on 64 new sequences each. A coin gets 0.5.`,
      x: { label: 'bits read', log: false },
      y: { label: 'share of right answers', log: false },
      series,
    };
  },
};
