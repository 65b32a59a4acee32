import { expect, test } from 'vitest';

import { listIncludes } from './headers.ts';
import { parseRecord } from './wheel-record.ts';

test('a RECORD gives size and sha256 of each file, quoted or not, and leaves out what has none', () => {
  const digests = parseRecord('a/b.h,sha256=AbC-_1,12\r\n"a,b.h",sha256=x,0\nX.dist-info/RECORD,,\n');
  expect([...digests]).toEqual([
    ['a/b.h', { sha256: 'AbC-_1', size: 12 }],
    ['a,b.h', { sha256: 'x', size: 0 }],
  ]);
});

test('includes are found in both spellings', () => {
  expect(listIncludes('#include "tensorflow/c/c_api.h"\n  # include <vector>\n// #include "no.h"\n')).toEqual([
    'tensorflow/c/c_api.h',
    'vector',
  ]);
});
