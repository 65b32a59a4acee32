import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { makeHighlight, type Highlight } from './highlight.ts';
import { renderLesson } from './markdown.ts';

let highlight: Highlight;
const folder = mkdtempSync(join(tmpdir(), 'unroll-lesson-'));
beforeAll(async () => {
  highlight = await makeHighlight();
  writeFileSync(join(folder, 'curve.svg'), '<svg/>');
});
afterAll(() => rmSync(folder, { recursive: true }));

const render = (text: string, linkTo: (href: string) => string | undefined = () => undefined) =>
  renderLesson(`# Title\n\n${text}`, { folder, name: 'a lesson', linkTo }, highlight);

test('the title is taken out of the page, and a lesson without one is refused', () => {
  expect(render('Text.')).toEqual({ title: 'Title', html: '<p>Text.</p>\n' });
  expect(() => renderLesson('Text.', { folder, name: 'exercises/x/README.md', linkTo: () => undefined }, highlight)).toThrow(
    'exercises/x/README.md does not begin with its title',
  );
});

test('formulas in lines and blocks are MathML; a wrong one is named', () => {
  expect(render('The size $\\sqrt d$.').html).toMatch(/^<p>The size <span class="keep"><math><msqrt>.*<\/math>\.<\/span><\/p>/);
  expect(render('```math\nx = 1\n```').html).toMatch(/^<div class="formula"><math [^>]*display="block"/);
  expect(render(`\`\`\`math\n${'x + '.repeat(20)}1\n\`\`\``).html).toMatch(
    /^<div class="formula scroll" tabindex="0" role="group" aria-label="formula">/,
  );
  expect(() => render('$\\frac{1$')).toThrow('a lesson has a formula that cannot be read: \\frac{1');
});

test('code has the colours of light and dark, an unknown language none, and both are text', () => {
  const { html } = render('```ts\nconst x = "<b>";\n```');
  expect(html).toContain('light-dark(');
  expect(html).not.toContain('<b>');
  expect(render('```\n<i>\n```').html).toContain('&#x3C;i>');
});

test('marks of the table of checks vanish, and other HTML is text', () => {
  expect(render('<!-- checks -->\n\n<script>x</script>').html).toBe('<p>&lt;script&gt;x&lt;/script&gt;</p>\n');
});

test('a table scrolls by itself, a picture is part of the page, a heading can be led to', () => {
  expect(render('| a |\n|---|\n| 1 |').html).toMatch(/^<div class="scroll" tabindex="0"[^>]*><table>[^]*<\/table><\/div>/);
  expect(render('![a "curve"](curve.svg)').html).toBe(
    `<p><img src="data:image/svg+xml;base64,${btoa('<svg/>')}" alt="a &quot;curve&quot;"></p>\n`,
  );
  expect(render('## By hand').html).toBe('<h2 id="by-hand">By hand</h2>\n');
});

test('a link leads where it is told, and one that leads nowhere is its text alone', () => {
  const { html } = render('[there](../other/README.md) and [**nowhere**](gone.ts)', (href) =>
    href.startsWith('..') ? 'other.html' : undefined,
  );
  expect(html).toBe('<p><a href="other.html">there</a> and <strong>nowhere</strong></p>\n');
});
