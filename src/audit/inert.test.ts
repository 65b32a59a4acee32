import { describe, expect, test } from 'vitest';

import { hostileTexts, makeHostileResult } from '../../test/support/sample-hostile.ts';
import { findActive, findActivePage, findActiveText } from './inert.ts';

describe('a text acts that holds', () => {
  test.for([
    ['an escape', 'x\u001B[2J', /U\+001b/],
    ['a return to the start of the line', 'x\r0 of 0', /U\+000d/],
    ['a C1 control', '\u009B31m', /U\+009b/],
    ['another direction', '\u202Egnp', /U\+202e/],
    ['a command of a workflow', 'x\n::error file=a::b', /::error/],
    ['another command of a workflow', '##[group]x', /##\[/],
  ] as const)('%s', ([, text, words]) => {
    expect(findActiveText(text)).toEqual([expect.stringMatching(words)]);
  });

  test('and none that holds lines and tabs', () => {
    expect(findActiveText('two\nlines, a\ttab, a::b and Zürich')).toEqual([]);
  });
});

describe('a page acts that holds', () => {
  test.for([
    ['a script', '<p>x<script>alert(1)</script>', /<script>/],
    ['a handler', '<p onclick="x()">', /onclick in <p>/],
    ['a handler behind a mark of equality', "<p title='a > b' onmouseover = alert(1)>", /onmouseover in <p>/],
    ['a link that runs', '<a href="javascript:alert(1)">', /href in <a>/],
    ['a link elsewhere', '<a href=https://example.org>', /href in <a>/],
    ['a picture from elsewhere', '<img src=x>', /<img>/],
    ['a style sheet from elsewhere', '<link rel="stylesheet" href="https://example.org">', /href in <link>/],
  ] as const)('%s', ([, page, words]) => {
    expect(findActivePage(page)).toEqual([expect.stringMatching(words)]);
  });

  test('and none that spells it out', () => {
    expect(findActivePage('<p title="&lt;script&gt;">&lt;script onload=&quot;x&quot;></p><a href="ann/report.html">')).toEqual([]);
  });
});

test.for(hostileTexts.map((text) => [text.slice(0, 30), text] as const))(
  'a result in which every text is %s is inert',
  async ([, text]) => {
    expect(await findActive(makeHostileResult(text))).toEqual([]);
  },
);
