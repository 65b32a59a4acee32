import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { tex } from '@mdit/plugin-tex';
import MarkdownIt from 'markdown-it';
import temml from 'temml';

import { UserError } from '../errors.ts';
import type { Highlight } from './highlight.ts';

/** What one lesson is rendered with. */
export interface LessonSource {
  /** The folder of the lesson, whose pictures it shows. */
  readonly folder: string;
  /** Named where something in it cannot be rendered. */
  readonly name: string;
  /** Where a link leads on the page; undefined leaves its text alone. */
  readonly linkTo: (href: string) => string | undefined;
}

/** HTML of a lesson, without its title, which stands first in it. */
export interface RenderedLesson {
  readonly title: string;
  readonly html: string;
}

const comment = /^<!--.*-->$/gm; // marks for the table of checks
const formulaAndStop = /<math>(?:(?!<\/math>)[^])*<\/math>[.,:;?!)]+/g; // a line must not begin with a stop
const longFormula = 40; // letters of TeX that may be wider than a narrow screen

/** Renders a lesson of Markdown: formulas as MathML, code in colour, pictures in place. Throws `UserError` where a formula cannot be read. */
export function renderLesson(text: string, source: LessonSource, highlight: Highlight): RenderedLesson {
  const markdown = makeMarkdown(source, highlight);
  const tokens = markdown.parse(text.replaceAll(comment, ''), {});
  const [opening, inline] = tokens;
  if (opening?.tag !== 'h1' || inline === undefined)
    throw new UserError(`${source.name} does not begin with its title: write a line "# ..."`);
  const html = markdown.renderer.render(tokens.slice(3), markdown.options, {});
  return { title: inline.content, html: html.replaceAll(formulaAndStop, '<span class="keep">$&</span>') };
}

function makeMarkdown(source: LessonSource, highlight: Highlight): MarkdownIt {
  const markdown = new MarkdownIt({ html: false, typographer: false });
  markdown.use(tex, { delimiters: 'dollars', render: (formula, isBlock) => renderFormula(formula, isBlock, source) });
  const { rules } = markdown.renderer;
  rules['fence'] = (tokens, at) => {
    const { info, content } = tokens[at] as (typeof tokens)[number];
    if (info === 'math') return renderFormula(content, true, source);
    return scrolling('pre', 'code', highlight(content, info));
  };
  rules['code_block'] = (tokens, at) => scrolling('pre', 'code', highlight((tokens[at] as (typeof tokens)[number]).content, ''));
  rules['table_open'] = () => '<div class="scroll" tabindex="0" role="group" aria-label="table"><table>';
  rules['table_close'] = () => '</table></div>';
  rules['image'] = (tokens, at) => {
    const token = tokens[at] as (typeof tokens)[number];
    return `<img src="${embed(join(source.folder, token.attrGet('src') ?? ''))}" alt="${markdown.utils.escapeHtml(token.content)}">`;
  };
  leadLinks(markdown, source);
  leaveCornersEmpty(markdown);
  markdown.core.ruler.push('headings', ({ tokens }) => {
    for (const [at, token] of tokens.entries())
      if (token.type === 'heading_open') token.attrSet('id', (tokens[at + 1]?.content ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));
  });
  return markdown;
}

/** A corner of a table that is empty heads nothing. */
function leaveCornersEmpty(markdown: MarkdownIt): void {
  markdown.core.ruler.push('corners', ({ tokens }) => {
    for (const [at, token] of tokens.entries())
      if (token.type === 'th_open' && tokens[at + 1]?.content === '') token.tag = (tokens[at + 2] ?? token).tag = 'td';
  });
}

/** Links lead to pages; those that lead nowhere are taken away from around their text. */
function leadLinks(markdown: MarkdownIt, { linkTo }: LessonSource): void {
  markdown.core.ruler.push('links', ({ tokens }) => {
    for (const { children } of tokens) {
      const open: boolean[] = [];
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const href = linkTo(token.attrGet('href') ?? '');
          open.push(href !== undefined);
          if (href === undefined) hide(token);
          else token.attrSet('href', href);
        } else if (token.type === 'link_close' && open.pop() === false) hide(token);
      }
    }
  });
}

/** A token that renders as nothing. */
function hide(token: { type: string; content: string; tag: string }): void {
  token.type = 'text';
  token.content = '';
}

function renderFormula(formula: string, isBlock: boolean, { name }: LessonSource): string {
  let math: string;
  try {
    math = temml.renderToString(formula.trim(), { displayMode: isBlock, throwOnError: true });
  } catch (cause) {
    throw new UserError(`${name} has a formula that cannot be read: ${formula.trim()}`, { cause });
  }
  if (!isBlock) return math;
  return formula.length > longFormula ? scrolling('div', 'formula', math) : `<div class="formula">${math}</div>`;
}

/** Wide things scroll inside of themselves, by keys as well. */
const scrolling = (tag: 'div' | 'pre', what: 'formula' | 'code', html: string): string =>
  `<${tag} class="${what} scroll" tabindex="0" role="group" aria-label="${what}">${html}</${tag}>`;

/** A picture as part of the page, so that a page is one file. */
function embed(path: string): string {
  return `data:image/svg+xml;base64,${readFileSync(path).toString('base64')}`;
}
