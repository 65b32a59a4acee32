import stringWidth from 'string-width';
import { expect, test } from 'vitest';

import { hostileTexts } from '../../../test/support/sample-hostile.ts';
import { summariseFindings } from './findings.ts';

const one = { file: 'students/003-ada/result.json', sentence: 'points was altered' };

test('each finding has a line, and a file with two of them counts once', () => {
  const findings = [one, { ...one, sentence: 'is in no row of gradebook.json' }];
  expect(summariseFindings({ looked: 4, gradebooks: 1, findings }).trimEnd()).toBe(
    [
      'students/003-ada/result.json: points was altered',
      'students/003-ada/result.json: is in no row of gradebook.json',
      '',
      '3 of 4 files sealed and whole.',
    ].join('\n'),
  );
});

test('results without a gradebook are said to be no whole class', () => {
  const said = 'No gradebook.json is here: a result that was taken away would not be missed.';
  expect(summariseFindings({ looked: 2, gradebooks: 0, findings: [] }).trimEnd()).toBe(`2 of 2 files sealed and whole.\n${said}`);
  expect(summariseFindings({ looked: 1, gradebooks: 0, findings: [] }).trimEnd()).toBe('1 of 1 file sealed and whole.');
});

test.each(hostileTexts)('hostile text %# in a path or a field steers no terminal', (text) => {
  const shown = summariseFindings({ looked: 1, gradebooks: 1, findings: [{ file: text, sentence: `${text} was altered` }] });
  expect(shown).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u);
  for (const line of shown.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
});
