import { expect, test } from 'vitest';

import { HostTensor } from '../wire/tensor.ts';
import { readScript, writeScript, type Script } from './trace-script.ts';

const script: Script = {
  inputs: ['o', [['x', ['t', 0]]]],
  answer: [
    'o',
    [
      [
        'y',
        [
          'l',
          [
            ['t', 2],
            ['n', '-Infinity'],
          ],
        ],
      ],
    ],
  ],
  before: [[0, 1]],
  constants: [
    new HostTensor([2], 'float32', Float32Array.of(1, NaN)),
    new HostTensor([], 'int32', Int32Array.of(7)),
    new HostTensor([1, 2], 'float32', Float32Array.of(3, 4)),
  ],
  steps: [
    ['constant', 1, 3],
    ['same', 1, 4],
    ['kernel', 'PadV2', { x: 0 }, { constantValue: -Infinity }, [2]],
    ['end', 3],
  ],
};

test('what is written is read again, infinities and constants of all types too', () => {
  expect(readScript(writeScript(script))).toEqual(script);
});

test.for<[string, (spoiled: Record<string, unknown>) => unknown]>([
  ['no object', () => []],
  ['no inputs', (text) => ({ ...text, inputs: undefined })],
  ['an answer of another form', (text) => ({ ...text, answer: ['f', 'x'] })],
  ['an answer too deep', (text) => ({ ...text, answer: Array.from({ length: 5 }).reduce<unknown>((part) => ['l', [part]], ['n', '1']) })],
  ['an answer too wide', (text) => ({ ...text, answer: ['l', Array.from({ length: 65 }, () => ['n', '1'])] })],
  ['a step of no kind', (text) => ({ ...text, steps: [['run', 'x']] })],
  ['an output that is no number', (text) => ({ ...text, steps: [['kernel', 'Add', {}, {}, ['a']]] })],
  ['attributes that are a list', (text) => ({ ...text, steps: [['kernel', 'Add', {}, [], [1]]] })],
  ['too many steps', (text) => ({ ...text, steps: Array.from({ length: 100_001 }, () => ['end', 1]) })],
  ['a constant of no type', (text) => ({ ...text, constants: [['string', []]] })],
  ['a constant of a negative size', (text) => ({ ...text, constants: [['float32', [-1]]] })],
  ['a constant larger than what came', (text) => ({ ...text, constants: [['float32', [2 ** 40, 2 ** 40]]] })],
  ['more constants than came', (text) => ({ ...text, constants: Array.from({ length: 3 }, () => ['int32', []]) })],
])('%s is no trace', ([, spoil]) => {
  const { text, constants } = writeScript(script);
  const spoiled = JSON.stringify(spoil(JSON.parse(text) as Record<string, unknown>));
  const failure = expect.objectContaining({ name: 'SubjectFailure', failureCause: 'bad-answer' });
  expect(() => readScript({ text: spoiled, constants })).toThrow(failure);
  expect(() => readScript({ text: text.slice(1), constants })).toThrow(failure);
});
