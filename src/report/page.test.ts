import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath, has, needs } from '../../test/support/needs.ts';
import { makeGradebook, makeStudent } from '../../test/support/sample.ts';
import { makeClass, makeVariedResult } from '../../test/support/sample-class.ts';
import { makeHostileResult, hostileTexts } from '../../test/support/sample-hostile.ts';
import { writeClass } from './write.ts';

const quiet = {
  complain: (sentence: string) => {
    throw new Error(sentence);
  },
};

const flags = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const slow = 60_000; // ms: a cold Chromium on a busy two-core machine takes most of it
const pages = [
  'index.html',
  'cohort.html',
  's0000/report.html',
  'hostile/index.html',
  'hostile/cohort.html',
  'hostile/h0/report.html',
  'hostile/h11/report.html',
];

describe('in Chromium', () => {
  beforeEach((context) => needs(context, 'chromium'));

  let folder = '';
  let browser: BrowserContext;

  beforeAll(async () => {
    if (!(await has('chromium'))) return;
    folder = await mkdtemp(join(tmpdir(), 'unroll-page-'));
    await writeClass(makeClass(30), folder, quiet);
    const hostile = hostileTexts.map((text, index) => makeStudent(makeHostileResult(text), `h${index}`));
    await writeClass(makeGradebook([...hostile, makeStudent(makeVariedResult())]), join(folder, 'hostile'), quiet);
    browser = await chromium.launchPersistentContext(join(folder, 'profile'), { executablePath: chromiumPath, args: flags });
  }, slow);
  afterAll(async () => {
    await browser?.close();
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  }, slow);

  async function withPage<T>(name: string, width: number, look: (page: Page, requests: string[]) => Promise<T>): Promise<T> {
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('dialog', (dialog) => requests.push(`dialog ${dialog.message()}`));
    try {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(pathToFileURL(join(folder, name)).href);
      return await look(
        page,
        requests.filter((url) => !url.startsWith('data:')),
      );
    } finally {
      await page.close();
    }
  }

  test.each(pages)(
    '%s loads nothing but itself and holds no script',
    async (name) => {
      await withPage(name, 1280, async (page, requests) => {
        expect(requests).toEqual([pathToFileURL(join(folder, name)).href]);
        expect(await page.evaluate('document.querySelectorAll("script, img, iframe, object, form").length')).toBe(0);
        expect(
          await page.evaluate(
            '[...document.querySelectorAll("*")].flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith("on")).length',
          ),
        ).toBe(0);
      });
    },
    slow,
  );

  test.each(pages.flatMap((name) => [400, 1280].map((width) => [name, width] as const)))(
    '%s does not scroll sideways at %i px',
    async (name, width) => {
      expect(await withPage(name, width, (page) => page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(width);
    },
    slow,
  );

  test.each(pages)(
    '%s has one h1, headings in order, landmarks, and tables that can be read aloud',
    async (name) => {
      await withPage(name, 1280, async (page) => {
        const levels = (await page.evaluate(
          '[...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((h) => Number(h.tagName[1]))',
        )) as number[];
        expect(levels.filter((level) => level === 1)).toHaveLength(1);
        for (const [at, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1);
        expect(await page.evaluate('["header", "main"].map((n) => document.querySelectorAll("body > " + n).length)')).toEqual([1, 1]);
        expect(
          await page.evaluate(
            '[...document.querySelectorAll("table")].filter((t) => !t.caption || [...t.querySelectorAll("th")].some((h) => !h.scope)).length',
          ),
        ).toBe(0);
        expect(
          await page.evaluate(
            '[...document.querySelectorAll("svg")].filter((s) => !s.querySelector("title") || !s.querySelector("desc")).length',
          ),
        ).toBe(0);
        expect(
          await page.evaluate(
            '(() => { const ids = [...document.querySelectorAll("[id]")].map((e) => e.id); return ids.length - new Set(ids).size; })()',
          ),
        ).toBe(0);
      });
    },
    slow,
  );

  test(
    'every link of a report leads to a place on it',
    async () => {
      await withPage('s0000/report.html', 1280, async (page) => {
        expect(
          await page.evaluate('[...document.querySelectorAll("a")].filter((a) => !document.querySelector(a.getAttribute("href"))).length'),
        ).toBe(0);
        expect(await page.evaluate('document.querySelectorAll("a").length')).toBe(8);
      });
    },
    slow,
  );
});
