import { type Figures, toTensor } from '#authoring';

/** Most memory at one time against T, for the tiles of this lesson and for the whole table of exercise 10. */
export const figures: Figures = {
  memory: async (studio) => {
    const [tiled, whole] = [await studio.solution('19-tiled-attention'), await studio.solution('10-causal-attention')];
    const [N, d, tile] = [1, 16, 64];
    const peaks = { tiled: [] as [number, number][], whole: [] as [number, number][] };
    for (const T of [128, 256, 512, 1024, 2048]) {
      const [q, k, v] = [1, 2, 3].map(() => toTensor(studio.random.normal([1, N, T, d])));
      const mega = async (profile: Promise<{ peakBytes: number }>) => (await profile).peakBytes / 2 ** 20;
      peaks.tiled.push([T, await mega(tiled.profile('tiledAttention', { q, k, v, tile }))]);
      peaks.whole.push([T, await mega(whole.profile('causalAttentionParallel', { q, k, v }))]);
    }
    return {
      kind: 'curves',
      title: 'Memory of attention',
      note: `One head, d = ${d}. Twice the length is twice the memory with tiles of ${tile} keys, and four times with the whole table of scores.`,
      x: { label: 'positions T', log: true },
      y: { label: 'most at one time, MiB', log: true },
      series: [
        { name: 'the whole table', points: peaks.whole },
        { name: `tiles of ${tile} keys`, points: peaks.tiled },
      ],
    };
  },
};
