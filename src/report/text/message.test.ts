import { expect, test } from 'vitest';
import { splitMessage } from './message.ts';
import { safe } from './safe-text.ts';

const message = safe`At y[0][2] expected 0.51, got 0.77.\nlargest error 0.26\nThis is what tf.softmax without a mask gives. Look at the scores.`;

test('the sentence of the misconception stands out, in its place, and nothing is lost or said twice', () => {
  expect(splitMessage(message, safe`no-mask`).map(({ kind, text }) => [kind, text])).toEqual([
    ['numbers', 'At y[0][2] expected 0.51, got 0.77.\nlargest error 0.26'],
    ['insight', 'This is what tf.softmax without a mask gives.'],
    ['prose', 'Look at the scores.'],
  ]);
});

test('a misconception without its sentence is named by its id', () => {
  expect(splitMessage(safe`expected 1`, safe`no-mask`).at(-1)).toMatchObject({
    kind: 'insight',
    text: 'This is the known misconception “no-mask”.',
  });
});

test('without a misconception nothing stands out', () => {
  expect(splitMessage(message, null).map(({ kind }) => kind)).toEqual(['numbers', 'prose']);
});

test('an empty message has no blocks', () => {
  expect(splitMessage(safe`\n\n`, null)).toEqual([]);
});
