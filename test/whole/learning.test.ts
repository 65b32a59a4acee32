import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';

import { afterAll, describe, expect, test } from 'vitest';

import { kitRoot } from '../../src/course/places.ts';
import { LearnersCopy, readSolutionText } from '../support/learner.ts';

/** Test files of exercises that `npx vitest WORDS` would run. */
async function listLearners(...words: readonly string[]): Promise<string[]> {
  const vitest = [join(kitRoot, 'node_modules/vitest/vitest.mjs'), 'list', '--filesOnly', ...words];
  const { stdout } = await promisify(execFile)(process.execPath, vitest, { cwd: kitRoot });
  return stdout.split('\n').filter((line) => line.includes('exercises/'));
}

test("vitest without words runs no learner's file, and with a folder of exercises that one", async () => {
  expect(await listLearners()).toEqual([]);
  expect(await listLearners('exercises/02-elman-sequence')).toEqual(['[course] exercises/02-elman-sequence/elman-sequence.test.ts']);
  expect((await listLearners('exercises/')).length).toBeGreaterThan(20);
});

describe('what `npx vitest exercises/NN` says', () => {
  const copy = new LearnersCopy();
  afterAll(() => copy.remove());
  const solution = readSolutionText('01');

  async function say(text: string): Promise<string> {
    copy.save('01', text);
    const vitest = [join(copy.root, 'node_modules/vitest/vitest.mjs'), 'run', 'exercises/01-elman-step'];
    const { CI: _inCi, ...environment } = process.env;
    const { stdout } = await promisify(execFile)(process.execPath, vitest, { cwd: copy.root, env: environment }).catch(
      (error: unknown) => error as { stdout: string },
    );
    return stripVTControlCharacters(stdout);
  }

  test('a mistake is told once, with the checks that fail for it, and no rules or stacks', async () => {
    const said = await say(solution.replaceAll('tf.tanh', 'tf.sigmoid'));
    expect(said.match(/the sum goes through the sigmoid/g)).toHaveLength(1);
    expect(said).toMatch(/✗ input-term: With Wh = 0.*\n {2}elmanStep: h\[0\]\[0\] is [\d.]+ but should be/);
    expect(said).toContain('and for the same reason: state-term, bias-term');
    expect(said).toMatch(/Tests +\d failed \| \d passed \(11\)/);
    expect(said).not.toMatch(/Failed Tests|❯ src|⎯⎯⎯/);
  });

  test('a file that does not compile is named with its line, and is no defect of the kit', async () => {
    const said = await say(solution.replace('tf.add(fromInput', 'tf.add((fromInput'));
    expect(said).toMatch(/the file does not compile: line \d+ of elman-step\.ts: Expected "\)" but found ";"/);
    expect(said).not.toContain('defect of the kit');
  });

  test('a right file passes', async () => {
    expect(await say(solution)).toMatch(/Tests +11 passed \(11\)/);
  });
});
