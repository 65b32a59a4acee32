import { expect, test } from 'vitest';

import { makeCheck, makeExercise, makeResult } from '../../../test/support/sample.ts';
import type { Figure } from '../../result/figure.ts';
import { makeSafe } from '../text/safe-text.ts';
import { drawFigures, figureView } from './figure.ts';

const figure = (title: string, scale: number): Figure => ({
  kind: 'curves',
  title,
  note: 'What to see.',
  x: { label: 'x', log: false },
  y: { label: 'y', log: false },
  series: [{ name: 's', points: [1, 2, 3].map((at): [number, number] => [at, at * scale]) }],
});

test('a picture that cannot be drawn becomes a sentence in its place, and the others are drawn', async () => {
  const figures = [figure('Too small', 1e-320), figure('Fine', 1)];
  const result = makeSafe(
    makeResult('Ada', [makeExercise('01-a', 'A', 'Unit', [makeCheck('c', 'A check', 1, { status: 'pass' }, { figures })])]),
  );
  const drawn = await drawFigures(result);
  const [small, fine] = result.exercises[0]!.checks[0]!.figures!.map((one) => figureView(one, drawn));
  expect(small).toMatchObject({ curvesPicture: null, table: null, note: 'Too small: these curves cannot be drawn. What to see.' });
  expect(fine).toMatchObject({ curvesPicture: expect.stringContaining('<svg'), note: 'What to see.' });
});
