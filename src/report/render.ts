import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { Gradebook, Result } from '../result/result.ts';
import type { Svg } from './pictures/svg.ts';
import { showLine } from './text/layout.ts';
import { safe, type Safe, type SafeText, type Spelled } from './text/safe-text.ts';
import { cohortView } from './view/cohort.ts';
import type { Drawn } from './view/figure.ts';
import { startView, type StartPage } from './view/index-page.ts';
import { studentView } from './view/student.ts';

/**
 * The only file of reports that knows Handlebars. Templates are ours and data is never compiled; the style sheet comes in as a partial, so that
 * three braces stand only before pictures.
 */

export interface StudentReportOptions {
  /** The result's curves, from `drawFigures`. */
  readonly drawn?: Drawn;
  /** A page to lead back to, relative to the report, such as the start page of a class that the instructor keeps; none by default. */
  readonly back?: { readonly href: SafeText; readonly text: SafeText };
}

export function renderStudentReport(result: Safe<Result>, { back, drawn }: StudentReportOptions = {}): string {
  return fill('report', { ...studentView(result, drawn), back: back ?? null });
}

/** The page in the place of a report that could not be drawn. */
export function renderUnreported(name: SafeText): string {
  return fill('unreported', { title: safe`Report of ${showLine(name, 200)}` });
}

export function renderCohort(gradebook: Safe<Gradebook>): string {
  return fill('cohort', cohortView(gradebook));
}

export function renderIndex(page: StartPage): string {
  return fill('index', startView(page));
}

type PageName = 'report' | 'cohort' | 'index' | 'unreported';

const partialNames = ['check', 'exercise', 'facts', 'figure', 'head', 'race', 'ungraded'];
const ownFields = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false } as const;
const pages = new Map<PageName, Handlebars.TemplateDelegate>();
let book: typeof Handlebars | undefined;

/** What a page may show: safe text, pictures, numbers, words that the kit spells out. Of anything else, a plain string above all, it is never. */
type Shown<T> = T extends SafeText | Svg | number | boolean | null
  ? T
  : T extends string
    ? Spelled<T>
    : T extends object
      ? { readonly [K in keyof T]: Shown<T[K]> }
      : never;

/** Exported for the test that shows what it refuses. */
export function fill<T>(name: PageName, view: T & Shown<T>): string {
  const page = pages.get(name) ?? compilePage(name);
  pages.set(name, page);
  return page(view, ownFields);
}

/** Strict: a field that a template asks for and a view does not have is an error, never an empty place in a report. */
function compilePage(name: PageName): Handlebars.TemplateDelegate {
  book ??= openBook();
  return book.compile(readTemplate(`${name}.hbs`), { strict: true, knownHelpersOnly: true });
}

function openBook(): typeof Handlebars {
  const fresh = Handlebars.create();
  fresh.registerPartial('style', readTemplate('style.css'));
  for (const name of partialNames) fresh.registerPartial(name, readTemplate(`partials/${name}.hbs`));
  return fresh;
}

function readTemplate(path: string): string {
  return readFileSync(new URL(`../../reports/${path}`, import.meta.url), 'utf8');
}
