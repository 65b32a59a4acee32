import { expect, test } from 'vitest';

import { SampleBench } from './sample-bench.ts';

test('samples are taken one at a time in the order asked for, and tinybench keeps them all', async () => {
  const bench = new SampleBench(['a', 'b']);
  const taken: string[] = [];
  const take = (name: string, ms: number) => async () => {
    taken.push(`${name} begins`);
    await new Promise((resolve) => void setTimeout(resolve, 1));
    taken.push(`${name} ends`);
    return ms;
  };
  const order = [
    ['a', 3],
    ['b', 10],
    ['b', 30],
    ['a', 5],
    ['a', 4],
  ] as const;
  const samples: number[] = [];
  for (const [pass, ms] of order) samples.push(await bench.sample(pass, take(pass, ms)));
  await bench.close();
  expect(samples).toEqual([3, 10, 30, 5, 4]);
  expect(taken).toEqual(order.flatMap(([pass]) => [`${pass} begins`, `${pass} ends`]));
  expect(bench.statisticsOf('a')).toMatchObject({ p50: 4, min: 3, max: 5, samplesCount: 3 });
  expect(bench.statisticsOf('b')).toMatchObject({ p50: 20, min: 10, max: 30, samplesCount: 2 });
});

test('a pass that throws gives its own error, and the bench still closes', async () => {
  const bench = new SampleBench(['a', 'b']);
  const error = new Error('wrong answer');
  await bench.sample('b', async () => 1);
  await expect(bench.sample('a', () => Promise.reject(error))).rejects.toBe(error);
  await bench.close();
  expect(() => bench.statisticsOf('a')).toThrow('no statistics of a: errored');
  expect(bench.statisticsOf('b').samplesCount).toBe(1);
});

test('a bench closes before its first sample, and has nothing to say then', async () => {
  const bench = new SampleBench(['a']);
  await bench.close();
  expect(() => bench.statisticsOf('a')).toThrow('no statistics of a: aborted');
});
