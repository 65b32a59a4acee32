import { styleText } from 'node:util';
import { pathToFileURL } from 'node:url';

import stringWidth from 'string-width';

import type { Exercise } from '../course/exercise.ts';
import type { DeviceReport } from '../result/device.ts';
import { drawText } from '../report/terminal/parts.ts';
import { cutText, padText, wrapText } from '../terminal/columns.ts';
import { sourceLineOf } from './source-line.ts';
import type { TypeError } from './type-check.ts';
import type { FirstFailure, Verdict } from './verdict.ts';

/** What is to be seen; `screen.ts` alone knows how. */
export interface View {
  readonly exercise: Exercise;
  /** The learner's file, absolute, and as it is shown. */
  readonly file: { readonly path: string; readonly shown: string };
  readonly device: DeviceReport;
  /** Exercises that have passed, of the unit and of the course. */
  readonly unit: Count;
  readonly course: Count;
  readonly verdict: Verdict | undefined;
  /** True while the verdict is that of the file as it was before. */
  readonly isStale: boolean;
  /** Seconds that the checks have run, while they do; undefined otherwise. */
  readonly runningS: number | undefined;
  readonly tookMs: number | undefined;
  readonly types: readonly TypeError[];
  /** Text of the learner's files as they were checked, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** Shown in the place of the verdict. */
  readonly panel: Panel | undefined;
  /** One line above the keys: what was done, or a question. */
  readonly notice: string | undefined;
}

interface Count {
  readonly done: number;
  readonly of: number;
}

/** Lines of any length to scroll through; `selected` is kept in sight. */
export interface Panel {
  readonly title: string;
  readonly lines: readonly string[];
  readonly selected?: number;
  readonly from: number;
}

export interface Look {
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
}

const most = { printed: 5, types: 3, code: 120 }; // lines of print and errors in sight; columns of one line of code
type Style = Parameters<typeof styleText>[0];

/** The whole screen, one string a line, none wider than the terminal. */
export function drawScreen(view: View, look: Look): string[] {
  const paint = painter(look.colour);
  const head = drawHead(view, look, paint);
  const foot = drawFoot(view, look, paint);
  const room = Math.max(3, look.rows - head.length - foot.length);
  const body =
    view.panel === undefined ? cutTo(drawBody(view, look.columns, paint), room) : drawPanel(view.panel, look.columns, room, paint);
  const gap = Array.from({ length: Math.max(0, room - body.length) }, () => '');
  return [...head, ...body, ...gap, ...foot].map((line) => (stringWidth(line) > look.columns ? cutText(line, look.columns) : line));
}

/** The same for a pipe, a log or a screen reader: the verdict alone, from top to bottom, without colour. */
export function drawPlain(view: View, columns = 80): string[] {
  const paint = painter(false);
  const { verdict, exercise, file } = view;
  return [`${exercise.id}: ${describeTicks(verdict)}`, `file: ${file.shown}`, ...drawBody({ ...view, types: [] }, columns, paint)];
}

/** What the compiler says, which comes after the verdict; no line where it says nothing. */
export function drawPlainTypes(view: View, columns = 80): string[] {
  return drawTypes(newIn(view), columns, painter(false));
}

type Paint = (style: Style, text: string) => string;
const painter =
  (colour: boolean): Paint =>
  (style, text) =>
    colour && text !== '' ? styleText(style, text, { validateStream: false }) : text;

function drawHead(view: View, { columns, colour }: Look, paint: Paint): string[] {
  const { exercise, file, verdict, device } = view;
  const number = exercise.id.slice(0, 2);
  const left = `${number} ${exercise.title}`;
  const ticks = (verdict?.ticks ?? Object.keys(exercise.checks).map(() => 'open' as const)).map((tick) => marks(paint)[tick]).join('');
  const row = (one: string, shown: string, other: string) =>
    one + padText(paint('dim', other), Math.max(0, columns - stringWidth(shown)), 'right');
  return [
    row(paint('bold', left), left, exercise.unit),
    row(paint('dim', 'file ') + link(file.path, file.shown, colour), `file ${file.shown}`, `on ${device.name}`),
    `${ticks}  ${describeState(view)}`,
    '',
  ];
}

const marks = (paint: Paint) => ({ pass: paint('green', '✓'), fail: paint('red', '✗'), open: paint('dim', '·') });

function describeTicks(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'not checked yet';
  const passed = verdict.ticks.filter((tick) => tick === 'pass').length;
  return `${passed} of ${verdict.ticks.length} checks pass${verdict.isCutShort ? '; the others were not run' : ''}`;
}

function describeState({ runningS, tookMs, isStale, verdict }: View): string {
  if (runningS === undefined) return `${describeTicks(verdict)}${tookMs === undefined ? '' : `, ${(tookMs / 1000).toFixed(1)} s`}`;
  if (runningS < 1) return `${describeTicks(verdict)}, checking`;
  const checking = `checking for ${Math.floor(runningS)} s`;
  return isStale ? `${checking}; what stands here is of the save before` : `${describeTicks(verdict)}, ${checking}`;
}

/** A link that terminals can open (OSC 8); plain text where there is no colour either. */
function link(path: string, shown: string, colour: boolean): string {
  return colour ? `\u001B]8;;${pathToFileURL(path).href}\u0007${shown}\u001B]8;;\u0007` : shown;
}

function drawBody(view: View, columns: number, paint: Paint): string[] {
  const { verdict, exercise } = view;
  if (verdict === undefined) return ['Save the file to have it checked.'];
  const blocks = [
    verdict.first === undefined ? [] : drawFailure(verdict.first, view, columns, paint),
    verdict.others.flatMap(({ title, count }) =>
      wrapText(`${paint('red', '✗')} ${title}${count > 1 ? ` and ${count - 1} more` : ''}`, columns, '  '),
    ),
    verdict.complete && verdict.passed ? drawPassed(exercise, paint) : [],
    verdict.setAside.flatMap((reason) => wrapText(`${paint('yellow', 'not measured')} ${drawText(reason)}`, columns, '  ')),
    drawTypes(newIn(view), columns, paint),
    drawPrinted(verdict.printed, columns, paint),
  ];
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

function drawPassed({ race, id }: Exercise, paint: Paint): string[] {
  const raced = race === undefined ? [] : [`Is it fast as well? ${paint('bold', 'r')} races your pass against the kit's own loop.`];
  return [
    paint('green', `✓ ${id} passes every check.`),
    ...raced,
    `${paint('bold', 's')} puts the kit's own solution beside yours; ${paint('bold', 'n')} goes on to the next exercise.`,
  ];
}

/** Causes that say nothing of the check they were met in: every check of the file ends alike. */
const ofTheFile: Readonly<Partial<Record<FirstFailure['cause'], string>>> = {
  unfinished: 'Still to be written',
  'does-not-load': 'The file cannot be loaded',
  'missing-export': 'A pass is missing',
};

function drawFailure(first: FirstFailure, { files }: View, columns: number, paint: Paint): string[] {
  const width = columns - 2;
  const lines = [...wrapText(`${paint('red', '✗')} ${paint('bold', ofTheFile[first.cause] ?? first.title)}`, columns, '  ')];
  const indented = (text: string) =>
    text
      .split('\n')
      .flatMap((line) => wrapText(line, width))
      .map((line) => `  ${line}`);
  const { call, mismatch, advice } = first;
  if (mismatch !== undefined && call !== undefined)
    lines.push(
      ...indented(
        `${call.pass}({ ${call.inputs.map(({ name, shape }) => (shape.length > 0 ? `${name} [${shape.join(', ')}]` : name)).join(', ')} })`,
      ),
    );
  if (mismatch === undefined) lines.push(...indented(drawText(first.found)));
  else lines.push('', ...drawNumbers(mismatch, paint).map((line) => `  ${line}`), '');
  const source = sourceLineOf(first.found, files);
  if (source !== undefined) lines.push(...drawSource(source, paint));
  if (advice !== undefined && advice !== '') lines.push(...indented(drawText(advice)));
  if (first.alike.length > 0)
    lines.push(paint('dim', `  and ${first.alike.length} more ${first.alike.length === 1 ? 'check' : 'checks'} for the same reason`));
  return lines;
}

function drawSource({ file, line, text }: { file: string; line: number; text: string }, paint: Paint): string[] {
  return [`  ${paint('dim', `${file}:${line}`)}  ${drawText(text.trim()).slice(0, most.code)}`];
}

/** Got and expected, one above the other, a column a number. */
function drawNumbers({ name, wrong, of, allowed, numbers }: NonNullable<FirstFailure['mismatch']>, paint: Paint): string[] {
  const cells = numbers.map(({ place, got, expected, agrees }) => {
    const width = Math.max(...[place, got, expected].map((text) => text.length)) + 2;
    return [place, got, expected].map((text, row) => {
      const padded = padText(text, width, 'right');
      return row === 0 ? paint('dim', padded) : row === 1 && !agrees ? paint('red', padded) : padded;
    });
  });
  const row = (label: string, at: number) => padText(label, 8) + cells.map((column) => column[at]).join('');
  const count = of === 1 ? '' : `${wrong} of ${of} numbers differ; `;
  return [
    row('', 0),
    row('got', 1),
    row('expected', 2),
    paint('dim', `${drawText(name)}: ${count}a difference of ${allowed} would be allowed`),
  ];
}

/** What the compiler says of lines that the failure does not show already. */
function newIn({ types, verdict, files }: View): readonly TypeError[] {
  const shown = verdict?.first === undefined ? undefined : sourceLineOf(verdict.first.found, files);
  return types.filter(({ file, line }) => file !== shown?.file || line !== shown.line);
}

function drawTypes(types: readonly TypeError[], columns: number, paint: Paint): string[] {
  if (types.length === 0) return [];
  const shown = types.slice(0, most.types).flatMap(({ file, line, text, message }) => {
    const [said = ''] = message.split('\n');
    return [
      `  ${paint('dim', `${file}:${line}`)}  ${drawText(text.trim()).slice(0, most.code)}`,
      ...wrapText(drawText(said), columns - 4).map((part) => `    ${part}`),
    ];
  });
  const more = types.length > most.types ? [paint('dim', `  and ${types.length - most.types} more`)] : [];
  return [paint('yellow', 'TypeScript says'), ...shown, ...more];
}

function drawPrinted(printed: string, columns: number, paint: Paint): string[] {
  if (printed === '') return [];
  const lines = drawText(printed).split('\n');
  const more =
    lines.length > most.printed ? [paint('dim', `  ${lines.length - most.printed} more lines are left out here; e shows them`)] : [];
  return [paint('cyan', 'Your code printed'), ...lines.slice(0, most.printed).map((line) => `  ${cutText(line, columns - 2)}`), ...more];
}

function drawPanel({ title, lines, selected, from }: Panel, columns: number, room: number, paint: Paint): string[] {
  const wrapped = lines.flatMap((line, at) =>
    wrapText(selected === undefined ? line : at === selected ? paint('inverse', `❯ ${line}`) : `  ${line}`, columns),
  );
  const height = room - 1; // the title
  const top = Math.max(0, Math.min(selected === undefined ? from : selected - Math.floor(height / 2), wrapped.length - height));
  const hidden =
    wrapped.length > height
      ? paint('dim', `  lines ${top + 1} to ${Math.min(wrapped.length, top + height)} of ${wrapped.length}, ↑ ↓`)
      : '';
  return [paint('bold', title) + hidden, ...wrapped.slice(top, top + height)];
}

function cutTo(lines: readonly string[], room: number): string[] {
  if (lines.length <= room) return [...lines];
  return [...lines.slice(0, room - 1), `… ${lines.length - room + 1} more lines: e shows all of them`];
}

const keys = ['n next', 'p back', 'l list', 'h hint', 'e explain', 'r race', 'o lesson', '? more keys', 'q quit'];

function drawFoot({ unit, course, verdict, notice }: View, { columns }: Look, paint: Paint): string[] {
  const checks = { done: verdict?.ticks.filter((tick) => tick === 'pass').length ?? 0, of: verdict?.ticks.length ?? 1 };
  const bars = [
    ['exercise', checks],
    ['unit', unit],
    ['course', course],
  ] as const;
  const line = bars.map(([name, count]) => `${name} ${drawBar(count, paint)} ${count.done}/${count.of}`).join('   ');
  return [notice === undefined ? '' : paint('yellow', drawText(notice)), line, paint('dim', cutText(keys.join('  '), columns))];
}

const barWidth = 10; // columns: three of them and their words fit eighty

function drawBar({ done, of }: Count, paint: Paint): string {
  const full = Math.round((done / Math.max(1, of)) * barWidth);
  return paint('green', '█'.repeat(full)) + paint('dim', '░'.repeat(barWidth - full));
}
