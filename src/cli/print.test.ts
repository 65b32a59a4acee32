import { afterEach, expect, test, vi } from 'vitest';

import { complain, openInertOutput, print, printJson, say } from './print.ts';
import { drawText } from '../report/terminal/parts.ts';

const hostile = '::error::x\u001b[2J\u001b]8;;http://y\u0007z\u009b\u202e\u200b\u2028##[group]\ud800</style>';
const dangerous = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u2028]|^\s*::|##\[/m;

/** What is written to a stream while something is done. */
function catchOutput(name: 'stdout' | 'stderr', work: () => void): string {
  const spy = vi.spyOn(process[name], 'write').mockReturnValue(true);
  work();
  return spy.mock.calls.map(([text]) => String(text)).join('');
}
afterEach(() => void vi.restoreAllMocks());

test.for<[string, 'stdout' | 'stderr', () => void]>([
  ['a text', 'stdout', () => say(hostile)],
  ['what was drawn', 'stdout', () => print(drawText(hostile))],
  ['a complaint', 'stderr', () => complain(hostile)],
  ['what another program prints', 'stderr', () => void openInertOutput().write(`${hostile}\n`)],
])('%s arrives as harmless lines, and can be read', ([, stream, work]) => {
  const shown = catchOutput(stream, work);
  expect(shown).not.toMatch(dangerous);
  expect(shown).toContain(': :error::x');
  expect(shown).toMatch(/[^\n]\n$/);
});

test('one JSON value is harmless too, and the same value', () => {
  const shown = catchOutput('stdout', () => printJson({ [hostile]: [hostile] }, 2));
  expect(shown).not.toMatch(dangerous);
  expect(JSON.parse(shown)).toEqual({ [hostile]: [hostile] });
});

test('a complaint of a megabyte is cut, and so is a line without end of another program', () => {
  expect(catchOutput('stderr', () => complain('x'.repeat(2 ** 20))).length).toBeLessThan(9000);
  const flood = () => {
    const output = openInertOutput();
    for (let count = 0; count < 100; count++) output.write('x'.repeat(2 ** 16));
    output.write('\n');
  };
  expect(catchOutput('stderr', flood).length).toBeLessThan(90_000);
});
