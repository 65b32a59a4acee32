import { expect, test } from 'vitest';
import { splitMessage } from './message.ts';

const message =
  'At y[0][2] expected 0.51, got 0.77.\nlargest error 0.26\nThis is what tf.softmax without a mask gives. Look at the scores.';

test('the sentence of the misconception stands out, in its place, and nothing is lost or said twice', () => {
  expect(splitMessage(message, 'no-mask').map(({ kind, text }) => [kind, text])).toEqual([
    ['numbers', 'At y[0][2] expected 0.51, got 0.77.\nlargest error 0.26'],
    ['insight', 'This is what tf.softmax without a mask gives.'],
    ['prose', 'Look at the scores.'],
  ]);
});

test('a misconception without its sentence is named by its id', () => {
  expect(splitMessage('expected 1', 'no-mask').at(-1)).toMatchObject({
    kind: 'insight',
    text: 'This is the known misconception “no-mask”.',
  });
});

test('without a misconception nothing stands out', () => {
  expect(splitMessage(message, null).map(({ kind }) => kind)).toEqual(['numbers', 'prose']);
});

test('an empty message has no blocks', () => {
  expect(splitMessage('\n\n', null)).toEqual([]);
});
