import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Random } from '../../src/check/random.ts';
import type { Exercise } from '../../src/course/exercise.ts';
import { solutionPaths, stubPaths } from '../../src/course/places.ts';

/** What becomes of an exercise in a class, and how often of a hundred. */
const ways = {
  /** Right, in words of one's own: a text that nobody else has. */
  own: 34,
  /** Right, and the same as others': copied, or the only way that one writes it. */
  shared: 18,
  /** Wrong: one operation is another. */
  wrong: 16,
  /** As it was given out. */
  untouched: 12,
  /** Not handed in. */
  absent: 14,
  /** Does not compile. */
  broken: 4,
  /** Never ends. */
  endless: 2,
} as const;
type Way = keyof typeof ways;

const swaps = [
  ['tf.add(', 'tf.sub('],
  ['tf.mul(', 'tf.add('],
  ['.add(', '.sub('],
  ['.mul(', '.add('],
  ['tf.tanh(', 'tf.sigmoid('],
] as const;

/** Writes a class of so many students below `folder`, the same for the same seed; gives how often each way was taken. */
export function writeSyntheticClass(folder: string, exercises: readonly Exercise[], count: number, seed: string): Record<Way, number> {
  const random = new Random(seed, 'class');
  const draw = (below: number) => random.integers([1], 0, below)[0] as number;
  const taken: Record<Way, number> = { own: 0, shared: 0, wrong: 0, untouched: 0, absent: 0, broken: 0, endless: 0 };
  for (let number = 1; number <= count; number++) {
    const home = join(folder, `student-${String(number).padStart(3, '0')}`, 'exercises');
    mkdirSync(home, { recursive: true });
    const reached = draw(exercises.length) + 1; // nobody is as far as everybody
    for (const [at, exercise] of exercises.entries()) {
      const way = at < reached ? wayAt(draw(100)) : 'absent';
      taken[way]++;
      if (way !== 'absent') handIn(exercise, join(home, exercise.id), way, `student ${number}`);
    }
  }
  return taken;
}

function wayAt(of100: number): Way {
  let sum = 0;
  for (const [way, share] of Object.entries(ways) as [Way, number][]) {
    sum += share;
    if (of100 < sum) return way;
  }
  return 'absent';
}

function handIn(exercise: Exercise, home: string, way: Way, who: string): void {
  mkdirSync(home, { recursive: true });
  const paths = way === 'untouched' ? stubPaths(exercise) : solutionPaths(exercise);
  for (const path of paths) cpSync(path, join(home, path.split('/').at(-1) as string));
  if (way === 'shared' || way === 'untouched') return;
  const file = join(home, exercise.files[0] as string);
  writeFileSync(file, spoil(readFileSync(file, 'utf8'), way, who));
}

function spoil(text: string, way: Way, who: string): string {
  const own = `// written by ${who}\n${text}`;
  if (way === 'broken') return `${own}\nexport const = 1;\n`;
  if (way === 'endless') return own.replace(/(export function \w+\([^)]*\)[^{]*\{)/, '$1 for (;;);');
  if (way !== 'wrong') return own;
  const [from, to] = swaps.find(([from]) => text.includes(from)) ?? ['return', 'throw'];
  return own.replace(from, to);
}
