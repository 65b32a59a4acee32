import { assert, constantFrom, property, record, array, nat, oneof, string, tuple, type Arbitrary } from 'fast-check';
import { stringify } from 'yaml';
import { expect, test } from 'vitest';

import { exerciseSchema } from '../../src/course/exercise.ts';
import { checkYaml } from '../../src/course/yaml-file.ts';
import { exerciseFile } from '../support/exercise.ts';
import { endWell, fuzzing } from '../support/fuzz.ts';

const right = stringify(exerciseFile);

/** Signs that mean something to YAML, and words that mean something to JavaScript. */
const pieces = constantFrom(
  ...[
    '[',
    ']',
    '{',
    '}',
    '- ',
    '? ',
    ': ',
    ':',
    ',',
    '\n',
    '\n  ',
    '\t',
    ' ',
    '#',
    '&a ',
    '*a',
    '*b',
    '!!js ',
    '!t ',
    '|',
    '>',
    '>-\n',
    '%YAML 1.1\n',
  ],
  ...[
    '---\n',
    '...\n',
    '<<: ',
    '"',
    "'",
    '\\x41',
    '\\u',
    '\r',
    '\0',
    '\ufeff',
    '\u2028',
    '\ud800',
    '__proto__: ',
    'constructor: ',
    'toString',
    '~',
    '.nan',
  ],
  ...['format: 1\n', 'checks:\n', 'id: ', 'a', '1e999', '0x', '2026-01-01', '😀', '@', '`', 'title: x\n'],
);

/** A piece so often that it nests, repeats or grows. */
const repeated = tuple(pieces, oneof({ weight: 20, arbitrary: nat(40) }, { weight: 1, arbitrary: nat(20_000) })).map(([piece, count]) =>
  piece.repeat(count),
);
const soup = array(oneof(pieces, repeated, string({ unit: 'binary', maxLength: 20 })), { maxLength: 60 }).map((parts) => parts.join(''));

/** A right file with something put into it, taken from it or said twice. */
const spoiled = record({ at: nat(right.length), length: nat(30), put: oneof(soup, pieces), twice: nat(200) }).map(
  ({ at, length, put, twice }) => right.slice(0, at) + put + right.slice(at + length - twice < 0 ? 0 : at + length - twice),
);
const texts: Arbitrary<string> = oneof(soup, spoiled, string({ unit: 'binary', maxLength: 200 }));

test('the yaml loader ends well whatever it is given', { timeout: 300_000 /* ms: half a minute alone */ }, () => {
  let rightOnes = 0;
  assert(
    property(texts, (text) => {
      const read = endWell(() => checkYaml(text, 'exercise.yaml', exerciseSchema));
      const lines = read instanceof Error ? read.message.split('\n') : [];
      expect(lines.filter((line) => !/^exercise\.yaml:\d+: |^and \d+ more$/.test(line))).toEqual([]);
      if (lines.length === 0) rightOnes++;
      expect('polluted' in {}).toBe(false);
    }),
    fuzzing('yaml loader'),
  );
  expect(rightOnes).toBeGreaterThan(0); // some that were spoiled are still right: the inputs reach the end of the loader
});
