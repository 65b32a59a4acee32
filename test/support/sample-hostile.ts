import type { Figure } from '../../src/result/figure.ts';
import type { Result } from '../../src/result/result.ts';
import { makeCheck, makeExercise, makeRace, makeResult } from './sample.ts';

/** Texts that try to be more than text. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</title><svg onload=alert(1)>',
  '{{constructor}} {{{lookup this "x"}}} {{> style}}',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '__proto__',
  'constructor',
  'toString',
  'javascript:alert(1)',
  'invoice\u202Efdp.exe',
  'x'.repeat(10_000),
  '\u{1F469}\u200D\u{1F680}'.repeat(500),
  '\u001b]0;owned\u0007\u001b[2J',
  '\ud800 lone',
];

/** A picture and a table that are nothing but the text. */
function makeFigures(text: string): Figure[] {
  const words = { title: text, note: text };
  const axis = { label: text, log: false };
  return [
    {
      ...words,
      kind: 'curves',
      x: axis,
      y: axis,
      series: [text, `${text} again`].map((name) => ({
        name,
        points: [
          [1, 2],
          [3, 4],
        ],
      })),
    },
    { ...words, kind: 'table', columns: [text, text], rows: [[text, text], [text]] },
  ];
}

/** A result in which every text that could come from a learner or a course is the same hostile one. */
export function makeHostileResult(text: string): Result {
  const message = text.slice(0, 2000);
  const race = makeRace([1.5, 2.5], { baseline: text, candidate: text, sizes: { [text.slice(0, 50)]: 4 } });
  const checks = [
    makeCheck(
      text,
      text,
      2,
      { status: 'fail', cause: 'wrong-value', message, misconception: text },
      { race, figures: makeFigures(text), token: text },
    ),
    makeCheck(text, text, 2, {
      status: 'fail',
      cause: 'threw',
      message: `This is what ${message.slice(0, 1900)} gives.`,
      misconception: text,
    }),
    makeCheck(text, text, 1, { status: 'not-measured', reason: text }),
    makeCheck(text, text, 1, { status: 'ungraded', reason: text }),
  ];
  const exercise = makeExercise(text, text, text, checks, { printed: text.repeat(3), files: [{ path: text, sha256: text }] });
  return makeResult(text, [exercise], {
    kit: { version: text },
    seed: text,
    epoch: { name: text, commitment: text },
    notes: [text],
    submission: { name: text, sha256: text },
    machine: { cpu: text, cores: 2, memoryBytes: 1, os: text, node: text },
    device: { name: text, kind: 'cpu', version: text, reason: text },
    isolation: { level: text, reason: text },
  });
}
