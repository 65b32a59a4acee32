import { expect, test } from 'vitest';

import { ProgressLine, renderBar } from './progress.ts';

/** A screen that remembers what was written. */
function recordScreen(isTTY: boolean) {
  const written: string[] = [];
  return { written, screen: { write: (text: string) => written.push(text), isTTY, columns: 20 } };
}

test('on a terminal a line is written over and stays within it; the last one stays', () => {
  const { written, screen } = recordScreen(true);
  const shown = new ProgressLine(screen);
  shown.show('proving: 1 checks, and a long remark');
  shown.line('proving: 2 checks');
  expect(written).toEqual(['\r\u001b[Kproving: 1 checks,…', '\r\u001b[Kproving: 2 checks\n']);
});

test('elsewhere only the lines that stay are written, without terminal commands', async () => {
  const { written, screen } = recordScreen(false);
  const shown = new ProgressLine(screen);
  shown.show('1 of 2');
  expect(await shown.step('Building', async () => 7)).toBe(7);
  expect(written).toEqual([expect.stringMatching(/^Building: \d+\.\d s\n$/)]);
});

test('a bar fills as the work is done', () => {
  expect(renderBar(0, 3, 'round')).toBe(`${'░'.repeat(24)} round 0 of 3`);
  expect(renderBar(3, 3, 'round')).toBe(`${'█'.repeat(24)} round 3 of 3`);
});
