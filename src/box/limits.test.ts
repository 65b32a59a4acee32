import { expect, test } from 'vitest';

import { limitsFor, usualLimits } from './limits.ts';

test('a software GPU gets more time and nothing else more', () => {
  expect(limitsFor('cpu')).toEqual(usualLimits);
  expect(limitsFor('gpu')).toEqual(usualLimits);
  const { requestMs, exerciseMs, ...rest } = limitsFor('software');
  expect(requestMs).toBeGreaterThan(usualLimits.requestMs);
  expect(exerciseMs).toBeGreaterThan(usualLimits.exerciseMs);
  expect({ ...usualLimits, ...rest }).toEqual(usualLimits);
});
