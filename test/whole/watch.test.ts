import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, onTestFinished, test } from 'vitest';

import { readProgress } from '../../src/learn/progress-file.ts';
import { LearnersCopy, readSolutionText, Terminal } from '../support/learner.ts';
import { needs } from '../support/needs.ts';

const copy = new LearnersCopy();
afterAll(() => copy.remove());

const solution = readSolutionText('01');
const stub = copy.read('01');
const inside = (line: string) => solution.replace('return tf.tidy', `${line}\n  return tf.tidy`);

function open(...words: string[]): Terminal {
  const terminal = new Terminal(copy.root, words);
  onTestFinished(() => terminal.kill());
  return terminal;
}

test(
  'an hour on one screen: stub, type error, wrong, endless loop, right, hint, explain, reset, next, a power cut, and on',
  { timeout: 300_000 },
  async (context) => {
    await needs(context, 'linux');
    const screen = open('watch', '01');
    await screen.until(/and 10 more checks for the same reason/);
    expect(screen.lines[0]).toMatch(/^01 Elman step .* Unit 1: the sequential pass$/);
    expect(screen.text).toContain('elmanStep is still to be written');
    expect(screen.text).toContain('Still to be written');

    copy.save('01', solution.replace('const z', 'const unused: number = "text";\n    const z'));
    await screen.until(/11 of 11 checks pass/);
    await screen.until(/TypeScript says/); // after the verdict, which does not wait for types
    expect(screen.text).toMatch(/elman-step\.ts:\d+ +const unused: number = "text";\n +Type 'string' is not assignable to type 'number'/);

    copy.save('01', solution.replace('tf.add(fromInput, fromState)', 'tf.add(fromInput, fromState'));
    await screen.until(/The file cannot be loaded/);
    expect(screen.text).toMatch(/line \d+ of elman-step\.ts: Expected/);
    expect(screen.text).not.toContain('TypeScript says'); // it would say the same of the same line

    copy.save('01', inside('console.log("seen", x.shape);').replaceAll('tf.tanh', 'tf.sigmoid'));
    await screen.until(/got/);
    await screen.until(/Your code printed/);
    expect(screen.text).toMatch(/elmanStep\(\{ x \[2, 3\], h \[2, 5\], Wx \[3, 5\], Wh \[5, 5\], b \[5\] \}\)/);
    expect(screen.text).toMatch(
      /got +[\d. ]+\n +expected +[-\d. ]+\n +h: 10 of 10 numbers differ; a difference of 0\.00001 would be allowed/,
    );
    expect(screen.text).toContain('the sum goes through the sigmoid instead of the');
    expect(screen.text).toContain('seen [ 2, 3 ]');

    copy.save('01', inside('while (true) {}'));
    await screen.until(/checking for \d s; what stands here is of the save before/);
    await screen.until(/the others were not run/);
    expect(screen.text).toMatch(/elmanStep did not return within \d+ s; does a loop or an awaited promise never\s+end\?/);

    const page = join(copy.root, 'reports/out/lessons/01-elman-step.html');
    screen.type('o');
    await screen.until(/the lesson is |no browser could be opened/);
    expect(readFileSync(page, 'utf8')).not.toContain('Hints you have opened');
    screen.type('h');
    await screen.until(/Hints for 01-elman-step, 1 of 3/);
    await expect.poll(() => readFileSync(page, 'utf8'), { timeout: 60_000 }).toContain('Hints you have opened');
    screen.type('h');
    await screen.until(/Hints for 01-elman-step, 2 of 3/);
    screen.type('e');
    await screen.until(/What the checks of 01-elman-step say/);

    copy.save('01', inside('while (true) {}').replace('true', '1')); // a loop that still runs is ended by the next save
    await screen.until(/checking for \d s/);
    copy.save('01', solution);
    await screen.until(/01-elman-step passes every check/);
    expect(screen.text).toMatch(/unit .* 1\/7 +course .* 1\/24/);

    screen.type('s');
    await screen.until(/The solution of 01-elman-step, and yours/);
    screen.type('x');
    await screen.until(/Put the file back.*\(y\/n\)/);
    screen.type('n');
    await screen.until(/nothing was done/);
    expect(copy.read('01')).toBe(solution);
    screen.type('x');
    await screen.until(/Put the file back.*\(y\/n\)/);
    screen.type('y');
    await screen.until(/Still to be written/);
    expect(copy.read('01')).toBe(stub);
    const kept = join(copy.root, '.unroll/kept');
    expect(readdirSync(kept).map((name) => readFileSync(join(kept, name), 'utf8'))).toEqual([solution]);

    screen.type('n');
    await screen.until(/^02 Elman sequence/m);
    await screen.until(/0 of 12 checks pass/);
    screen.kill();
    await screen.ended;
    const again = open(); // `npx unroll` alone
    await again.until(/^02 Elman sequence/m);
    again.type('l');
    await again.until(/All exercises.*\n.*00 Warm-up[^]*✓ 01 Elman step[^]*❯ ▸ 02 Elman sequence/);
    again.type('\u001B[B'); // down
    await again.until(/❯ {3}03 Hoisted projection/);
    again.type('\r');
    await again.until(/^03 Hoisted projection/m);
    await again.until(/Still to be written/);
    again.type('q');
    await again.ended;
    const { current, hints, explained, passed, solutions } = readProgress(copy.root);
    expect({
      current,
      hints,
      explained,
      passed: Object.keys(passed),
      solutions: Object.values(solutions).map(({ after }) => after),
    }).toEqual({
      current: '03-hoisted-projection',
      hints: { '01-elman-step': 2 },
      explained: { '01-elman-step': 1 },
      passed: ['01-elman-step'],
      solutions: ['pass'],
    });
    expect(existsSync(join(copy.root, '.unroll/watch.log'))).toBe(true);
  },
);
