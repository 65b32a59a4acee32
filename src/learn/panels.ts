import type { Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import type { Progress } from './progress-file.ts';
import type { TypeError } from './type-check.ts';
import type { Verdict } from './verdict.ts';

/** Texts that take the place of the verdict: each is a title and lines that the screen wraps. */
export interface Text {
  readonly title: string;
  readonly lines: readonly string[];
}

/** All exercises with what has passed. */
export function listExercises({ exercises }: Course, { passed, current }: Progress): string[] {
  return exercises.map(({ id, title, effortMinutes, race }) => {
    const mark = passed[id] === undefined ? (id === current ? '▸' : ' ') : '✓';
    return `${mark} ${id.slice(0, 2)} ${title.padEnd(40)} ${String(effortMinutes).padStart(3)} min${race === undefined ? '' : '  race'}`;
  });
}

/** The hints opened so far, the newest last. */
export function showHints({ id, hints }: Exercise, progress: Progress): Text {
  const opened = progress.hints[id] ?? 0;
  const shown = hints.slice(0, opened).flatMap((hint, at) => [...(at > 0 ? [''] : []), `${at + 1}. ${hint.trim()}`]);
  const more = opened < hints.length ? ['', 'One more: h, or `npx unroll hint`.'] : ['', 'That was the last one.'];
  return { title: `Hints for ${id}, ${opened} of ${hints.length}`, lines: [...shown, ...more] };
}

/** Everything that is known of what fails, in words: never an answer. */
export function explain(exercise: Exercise, verdict: Verdict | undefined, types: readonly TypeError[]): Text {
  const title = `What the checks of ${exercise.id} say`;
  if (verdict === undefined) return { title, lines: ['Nothing has been checked yet: save the file.'] };
  const { first, others, printed } = verdict;
  const last = [...typeLines(types), ...printedLines(printed)];
  if (first === undefined) return { title, lines: [verdict.passed ? 'Every check passes.' : 'No check has failed so far.', ...last] };
  const call =
    first.call === undefined
      ? []
      : [`Called last: ${first.call.pass} with ${first.call.inputs.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ')}.`];
  return {
    title,
    lines: [
      first.title,
      '',
      first.found,
      ...call,
      ...(first.advice === undefined ? [] : ['', first.advice]),
      ...(first.alike.length === 0
        ? []
        : ['', 'For the same reason:', ...first.alike.map((check) => `  ${exercise.checks[check]?.title ?? check}`)]),
      ...(others.length === 0
        ? []
        : ['', 'For other reasons, which may be gone with the first:', ...others.map((other) => `  ${other.title}`)]),
      ...last,
    ],
  };
}

const typeLines = (types: readonly TypeError[]): string[] =>
  types.length === 0
    ? []
    : [
        '',
        'TypeScript says:',
        ...types.flatMap(({ file, line, text, message }) => [`  ${file}:${line}  ${text.trim()}`, `    ${message}`]),
      ];

interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** The learner's files and after them the kit's own. */
export function compareWithSolution({ id }: Exercise, mine: readonly SourceFile[], kits: readonly SourceFile[]): Text {
  const block = (whose: string, files: readonly SourceFile[]) =>
    files.flatMap(({ name, text }) => [`── ${whose}: ${name}`, '', ...text.trimEnd().split(/\r?\n/), '']);
  return { title: `The solution of ${id}, and yours`, lines: [...block("the kit's", kits), ...block('yours', mine)] };
}

const printedLines = (printed: string): string[] =>
  printed === '' ? [] : ['', 'Your code printed:', ...printed.split('\n').map((line) => `  ${line}`)];

export const help: Text = {
  title: 'How this works',
  lines: [
    'Write in your editor; each save is checked at once. The first check that fails is shown whole: mend that one, and others often go with it.',
    '',
    'n, p    the next and the previous exercise; nothing goes on by itself',
    'l       all exercises: arrows and Enter choose one, Esc goes back',
    'h       one hint more; three for each exercise',
    'e       everything the checks say, and all that your code printed',
    'r       race your parallel pass, where the exercise has a race; before the',
    '        first one you say how fast you expect it to be',
    'o       open the lesson',
    's       the solution beside yours, once every check passes',
    'c       check all exercises',
    'x       put the file back as it was at the beginning; yours is kept in .unroll/kept',
    'q       leave; npx unroll goes on where you stopped',
    '',
    'What you open (hints, explanations, solutions) stands in progress.yaml, which',
    'may be committed.',
  ],
};
