import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { readCourse } from '../../src/course/course.ts';
import { writeLessons } from '../../src/lesson/pages.ts';
import { chromiumPath, has, needs } from '../support/needs.ts';

const course = readCourse();
const folder = mkdtempSync(join(tmpdir(), 'unroll-lessons-'));
const names = [...course.exercises.map(({ id }) => `${id}.html`), 'index.html'];
/** Widths and colours do not touch each other, so each of the four is seen once. */
const looks = [
  [360, 'light'],
  [1280, 'dark'],
] as const;
const slow = 120_000; // ms: a page of thousands of elements is looked at twice

/** None to all three hints. */
const openedOf = (at: number) => at % 4;

beforeAll(async () => {
  const status = Object.fromEntries(
    course.exercises.map(({ id }, at) => [id, { passed: at % 2 === 0 ? '2026-11-02' : undefined, hintsOpened: openedOf(at) }]),
  );
  await writeLessons({ course, out: join(folder, 'mine'), status });
  await writeLessons({ course, out: join(folder, 'site') });
}, slow);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string) => readFileSync(join(folder, name), 'utf8');

test('there is a page for every lesson, and one for all of them', () => {
  for (const kind of ['mine', 'site']) expect(readdirSync(join(folder, kind)).toSorted()).toEqual(names.toSorted());
});

test('every formula of every lesson is on its page as MathML', () => {
  const counted = course.exercises.map(({ id, folder: exercise, hints }, at) => {
    const text = [readFileSync(join(exercise, 'README.md'), 'utf8'), ...hints.slice(0, openedOf(at))].join('\n\n');
    const blocks = text.match(/^```math$/gm) ?? [];
    const prose = text.replaceAll(/^```[^]*?^```$/gm, '').replaceAll(/`[^`]*`/g, '');
    const found = read(`mine/${id}.html`).match(/<math[ >]/g) ?? [];
    return { id, written: blocks.length + (prose.match(/\$[^$]+\$/g) ?? []).length, found: found.length };
  });
  expect(counted.filter(({ written, found }) => written !== found)).toEqual([]);
  expect(counted.reduce((sum, { found }) => sum + found, 0)).toBeGreaterThan(1000);
});

test('every link leads to a page, a part of one, or a file that is there; a site has none to files of the course', () => {
  const links = ['mine', 'site'].flatMap((kind) =>
    names.flatMap((name) =>
      [...read(`${kind}/${name}`).matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href = '']) => ({ kind, name, href })),
    ),
  );
  const own = links.filter(({ href }) => !href.startsWith('https://'));
  expect(own.length).toBeGreaterThan(200);
  expect(own.filter((link) => !leadsSomewhere(link))).toEqual([]);
  expect(own.filter(({ kind, href }) => kind === 'site' && !/^[\w-]+\.html(#|$)|^#/.test(href))).toEqual([]);
});

function leadsSomewhere({ kind, name, href }: { kind: string; name: string; href: string }): boolean {
  const url = new URL(href, pathToFileURL(join(folder, kind, name)));
  const part = url.hash.slice(1);
  url.hash = '';
  const path = fileURLToPath(url);
  return existsSync(path) && (part === '' || readFileSync(path, 'utf8').includes(`id="${part}"`));
}

describe('in Chromium', () => {
  beforeEach((context) => needs(context, 'chromium'));

  let browser: Browser;
  beforeAll(async () => {
    if (!(await has('chromium'))) return;
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
  }, slow);
  afterAll(() => browser?.close());

  async function look(name: string, width: number, scheme: 'light' | 'dark'): Promise<string[]> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    const page = await context.newPage();
    const seen: string[] = [];
    const url = pathToFileURL(join(folder, 'mine', name)).href;
    page.on('console', (message) => seen.push(`console: ${message.text()}`));
    page.on('request', (request) => request.url() !== url && !request.url().startsWith('data:') && seen.push(`request: ${request.url()}`));
    try {
      await page.goto(url);
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
      if (wide > width) seen.push(`scrolls sideways: ${wide} px, ${String(await nameWide(page, width))}`);
      return [...seen, ...(await findAxe(page))];
    } finally {
      await context.close();
    }
  }

  test.each(names)(
    '%s: no message, no request, no sideways scroll, and nothing that axe finds, at 360 px in light and at 1280 px in dark',
    async (name) => {
      const found: string[] = [];
      for (const [width, scheme] of looks) found.push(...(await look(name, width, scheme)).map((what) => `${width} ${scheme}: ${what}`));
      expect(found).toEqual([]);
    },
    slow,
  );
});

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe finds, of every level and every set of rules. */
async function findAxe(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).slice(0, 2).join(" ")))',
  )) as string[];
  return found.map((violation) => violation.slice(0, 400));
}

const nameWide = (page: Page, width: number) =>
  page.evaluate(
    `[...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > ${width} && !e.closest(".scroll")).map((e) => e.outerHTML.slice(0, 120)).slice(0, 3).join(" | ")`,
  );
