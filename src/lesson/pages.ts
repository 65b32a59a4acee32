import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';

import Handlebars from 'handlebars';

import type { Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { writeWhole } from '../files.ts';
import { makeHighlight, type Highlight } from './highlight.ts';
import { makeMathFont } from './math-font.ts';
import { renderLesson, type LessonSource } from './markdown.ts';

/** What a learner has done of an exercise. */
export interface ExerciseStatus {
  /** The day on which it passed. */
  readonly passed?: string | undefined;
  readonly hintsOpened: number;
}

export interface LessonPages {
  readonly course: Course;
  /** The folder that gets the pages; made where it is missing. */
  readonly out: string;
  /** By exercise; without it the pages are those of a site, where nobody has done anything and files of the course are not there to be opened. */
  readonly status?: Readonly<Record<string, ExerciseStatus>>;
}

/** The name of an exercise's page. */
export const pageName = ({ id }: Pick<Exercise, 'id'>): string => `${id}.html`;
const indexName = 'index.html';

/** Writes every lesson as a page, and an index of them. Returns the path of the index. */
export async function writeLessons(pages: LessonPages): Promise<string> {
  const { course, out } = pages;
  const highlight = await makeHighlight();
  const lessons = course.exercises.map((exercise) => ({ exercise, view: viewLesson(pages, exercise, highlight) }));
  const mathFont = await makeMathFont(lessons.flatMap(({ view }) => [view.html, ...view.hints.map(({ html }) => html)]));
  await mkdir(out, { recursive: true });
  for (const { exercise, view } of lessons) await writeWhole(join(out, pageName(exercise)), fill('lesson', { ...view, mathFont }));
  return writeWhole(join(out, indexName), fill('index', { ...viewIndex(pages), mathFont: '' }));
}

function viewLesson({ course, out, status }: LessonPages, exercise: Exercise, highlight: Highlight) {
  const source = (name: string): LessonSource => ({
    folder: exercise.folder,
    name,
    linkTo: (href) => linkTo(href, exercise, out, status !== undefined),
  });
  const path = join(exercise.folder, 'README.md');
  const { title, html } = renderLesson(readFileSync(path, 'utf8'), source(path), highlight);
  const at = course.exercises.indexOf(exercise);
  const neighbour = (other: Exercise | undefined) =>
    other === undefined ? null : { href: pageName(other), title: `${numberOf(other)} ${other.title}` };
  const mine = status?.[exercise.id];
  const hints = exercise.hints.slice(0, mine?.hintsOpened ?? 0).map((hint, index) => ({
    number: index + 1,
    html: renderLesson(`# Hint\n\n${hint}`, source(`a hint of ${exercise.id}`), highlight).html,
  }));
  return {
    title,
    unit: exercise.unit,
    minutes: exercise.effortMinutes,
    file: exercise.files[0],
    status: mine === undefined ? null : describeStatus(mine, exercise),
    html,
    hints,
    hasHints: hints.length > 0,
    previous: neighbour(course.exercises[at - 1]),
    next: neighbour(course.exercises[at + 1]),
  };
}

function viewIndex({ course, status }: LessonPages) {
  const units = [...new Set(course.exercises.map(({ unit }) => unit))].map((unit) => ({
    title: unit,
    lessons: course.exercises
      .filter((exercise) => exercise.unit === unit)
      .map((exercise) => {
        const mine = status?.[exercise.id];
        return {
          href: pageName(exercise),
          number: numberOf(exercise),
          title: exercise.title,
          minutes: exercise.effortMinutes,
          hasRace: exercise.race !== undefined,
          status: mine === undefined ? null : describeStatus(mine, exercise),
          isPassed: mine?.passed !== undefined,
        };
      }),
  }));
  const hours = Math.round(course.exercises.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0) / 60);
  return { title: course.title, units, count: course.exercises.length, hours };
}

const numberOf = ({ id }: Exercise): string => id.slice(0, '00'.length);

function describeStatus({ passed, hintsOpened }: ExerciseStatus, { hints }: Exercise): string {
  const opened = hintsOpened === 0 ? '' : `${hintsOpened} of ${hints.length} hints opened`;
  return [passed === undefined ? 'not passed yet' : `passed on ${passed}`, opened].filter((part) => part !== '').join(', ');
}

const lesson = /^\.\.\/([^/]+)\/README\.md(#.*)?$/;

/** A lesson's link on its page: to another page, to a file of the course where it lies beside the pages, or to nothing. */
function linkTo(href: string, exercise: Exercise, out: string, isLocal: boolean): string | undefined {
  if (/^https?:/.test(href)) return href;
  const [, id, part = ''] = lesson.exec(href) ?? [];
  if (id !== undefined) return `${pageName({ id })}${part}`;
  if (href === '../README.md') return indexName;
  const path = join(exercise.folder, href);
  return isLocal && existsSync(path) ? relative(out, path).replaceAll(sep, posix.sep) : undefined;
}

const templates = new URL('../../reports/', import.meta.url);
const readTemplate = (path: string): string => readFileSync(new URL(path, templates), 'utf8');
let book: typeof Handlebars | undefined;

/** Strict, as the reports are: a field that a template asks for and a view does not have is an error. Three braces stand before our own HTML alone. */
function fill(name: 'lesson' | 'index', view: object): string {
  if (book === undefined) {
    book = Handlebars.create();
    book.registerPartial('style', `${readTemplate('style.css')}\n${readTemplate('lessons/lesson.css')}`);
    book.registerPartial('head', readTemplate('lessons/head.hbs'));
  }
  return book.compile(readTemplate(`lessons/${name}.hbs`), { strict: true, knownHelpersOnly: true })(view);
}
