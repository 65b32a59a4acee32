import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { colourOf, contrastOf, readSchemes } from '../../test/support/style-sheet.ts';
import { makeSafe, safe } from './text/safe-text.ts';
import { fill, renderCohort, renderIndex, renderStudentReport } from './render.ts';
import { makeGradebook, makeResult, makeStudent } from '../../test/support/sample.ts';
import { makeClass, makeVariedResult } from '../../test/support/sample-class.ts';
import { hostileTexts, makeHostileResult } from '../../test/support/sample-hostile.ts';

const templates = new URL('../../reports/', import.meta.url);
const varied = renderStudentReport(makeSafe(makeVariedResult()));

function renderAll(name: string): string[] {
  const result = makeHostileResult(name);
  const students = [makeStudent(result, name), { name, folder: name, outcome: { status: 'ungraded' as const, reason: name } }];
  const gradebook = makeSafe(makeGradebook(students));
  return [
    renderStudentReport(makeSafe(result)),
    renderCohort(gradebook),
    renderIndex({ title: makeSafe(name), gradebook, cohortHref: 'cohort.html' }),
  ];
}

test.each(hostileTexts)('hostile text %# stays text on every page', (text) => {
  for (const page of renderAll(text)) {
    expect(page).not.toMatch(/<script|<img|<iframe|<\/style>[^]*<\/style>|\son\w+\s*=\s*["']?alert|[\u202a-\u202e\u2066-\u2069]/i);
    expect(page).not.toContain('\u001b');
    expect(page.length).toBeLessThan(150_000); // a report of one exercise with all texts at their longest: 10 kB of style, 20 kB printed, the rest messages
  }
});

test('a text is shown, not swallowed', () => {
  expect(renderAll('<b>bold</b>')[0]).toContain('&lt;b&gt;bold&lt;/b&gt;');
  expect(renderAll('{{constructor}}')[0]).toContain('{{constructor}}');
});

test('pages hold no script, load nothing and say so', () => {
  for (const page of [
    varied,
    renderCohort(makeSafe(makeClass(5))),
    renderIndex({ title: safe`T`, gradebook: makeSafe(makeClass(5)), cohortHref: 'cohort.html' }),
  ]) {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(page).not.toMatch(/<script|https?:|url\(|@import|\u2014/);
    expect(page).not.toMatch(/\bNaN\b(?! *\.)|undefined|\[object/);
  }
});

test('three braces stand only before pictures, and no view of a learner can bring its own template', () => {
  const files = [
    'report.hbs',
    'cohort.hbs',
    'index.hbs',
    ...readdirSync(new URL('partials/', templates)).map((name) => `partials/${name}`),
  ];
  const raw = files.flatMap((file) => readFileSync(new URL(file, templates), 'utf8').match(/\{\{\{[^}]*\}\}\}|\{\{&[^}]*\}\}/g) ?? []);
  expect(raw.length).toBeGreaterThan(2);
  for (const each of raw) expect(each).toMatch(/^\{\{\{\w+Picture\}\}\}$/);
});

test('the style sheet cannot be taken for a template or end its element', () => {
  expect(readFileSync(new URL('style.css', templates), 'utf8')).not.toMatch(/\{\{|<\//);
});

test('the score and the points not measured stand in the same size', () => {
  expect(varied).toContain('<p class="score"><strong>19 of 39</strong> measured points');
  expect(varied).toContain('<p class="score set-aside"><strong>8 points</strong> not measured:');
});

test('a report of nothing and a class of nobody are pages too', () => {
  expect(renderStudentReport(makeSafe(makeResult('a', [])))).toContain('no points to win here');
  expect(renderCohort(makeSafe(makeGradebook([])))).toContain('The gradebook holds no students.');
  expect(renderIndex({ title: safe`T`, gradebook: makeSafe(makeGradebook([])), cohortHref: 'cohort.html' })).toContain(
    'No report has been written yet.',
  );
});

test('a link back is there only if asked for, and the same result gives the same page', () => {
  expect(varied).not.toContain('aria-label="Back"');
  expect(renderStudentReport(makeSafe(makeVariedResult()), { back: { href: safe`../index.html`, text: safe`All reports` } })).toContain(
    'href="../index.html"',
  );
  expect(renderStudentReport(makeSafe(makeVariedResult()))).toBe(varied);
});

test('the start page links to a page below it only', () => {
  expect(() => renderIndex({ title: safe`T`, gradebook: makeSafe(makeGradebook([])), cohortHref: '../../x.html' })).toThrow(
    /beside or below/,
  );
});

test('a thousand students make a page below 3 MB, and one student one below 200 kB', () => {
  expect(renderCohort(makeSafe(makeClass(1000))).length).toBeLessThan(3_000_000);
  expect(varied.length).toBeLessThan(200_000);
});

const pairs = ['--ink', '--quiet', '--accent', '--fail', '--set-aside'].flatMap((ink) =>
  ['--paper', '--raised'].map((ground) => [ink, ground] as const),
);

test.each([
  ...pairs,
  ['--set-aside', '--set-aside-soft'],
  ['--ink', '--set-aside-soft'],
  ['--fail', '--fail-soft'],
  ['--ink', '--fail-soft'],
] as const)('%s on %s has a contrast of 4.5 in light, dark and print', (ink, ground) => {
  const schemes = readSchemes();
  expect(schemes).toHaveLength(3);
  for (const scheme of schemes) expect(contrastOf(colourOf(scheme, ink), colourOf(scheme, ground))).toBeGreaterThanOrEqual(4.5); // WCAG 2.2 AA, text of normal size
});

test('a page is filled with no plain string, wherever it hides in the view', () => {
  const raw: string = '</title>';
  const prefixed: `Report of ${string}` = `Report of ${raw}`;
  const words = { word: safe`failed`, tone: 'fail' as const, number: 1, none: null };
  // @ts-expect-error -- a string
  expect(() => fill('index', { title: raw })).toThrow(/not defined/);
  // @ts-expect-error -- in a list of rows
  expect(() => fill('index', { title: safe`T`, rows: [{ ...words, name: raw }] })).toThrow(/not defined/);
  // @ts-expect-error -- with known letters before it
  expect(() => fill('index', { ...words, title: prefixed })).toThrow(/not defined/);
  // @ts-expect-error -- that may not be there: a template would show nothing
  expect(() => fill('index', { title: safe`T`, date: undefined })).toThrow(/not defined/);
  expect(() => fill('index', { title: safe`T`, rows: [words] })).toThrow(/not defined/); // compiles: only the page misses its other fields
});
