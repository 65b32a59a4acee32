import { expect, test } from 'vitest';

import { seedOf, tellSeed } from './seed.ts';

const epoch = { name: '2026-w48', commitment: 'c0'.repeat(32) };
const drawn = { epoch, seeds: { '10-causal-attention': 'first', '15-associative-scan': 'second' } };

test('a plain seed is that of every exercise, and is told', () => {
  expect([seedOf('autumn', '10-causal-attention'), seedOf('autumn', '15-associative-scan')]).toEqual(['autumn', 'autumn']);
  expect(tellSeed('autumn')).toEqual({ seed: 'autumn' });
});

test('under an epoch each exercise has its own, none is told, and none is made up', () => {
  expect([seedOf(drawn, '10-causal-attention'), seedOf(drawn, '15-associative-scan')]).toEqual(['first', 'second']);
  expect(tellSeed(drawn)).toEqual({ seed: 'epoch 2026-w48', epoch });
  expect(() => seedOf(drawn, '16-state-space-model')).toThrow('16-state-space-model has no seed in epoch 2026-w48');
});
