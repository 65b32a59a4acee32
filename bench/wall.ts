import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { readCourse } from '../src/course/course.ts';
import { kitRoot } from '../src/course/places.ts';
import { chooseDevice } from '../src/device/probe.ts';
import { Grader } from '../src/grade/grade.ts';
import { median } from '../src/result/statistics.ts';
import { makePlan } from '../src/run/plan.ts';

// `npm run bench`: what the wall and a box for each exercise cost an honest submission, side by side in turns. A way runs in a process of its own,
// because the level is chosen once in a process.

const turns = Number(process.argv[2] ?? 5); // odd, so that the median is one of the runs
const run = promisify(execFile);

const ways = {
  'behind the wall, a box an exercise': { level: undefined, strangers: true },
  'without a wall, a box an exercise': { level: 'none', strangers: true },
  'behind the wall, one box for all': { level: undefined, strangers: false },
} as const;
type Way = keyof typeof ways;

/** Milliseconds of grading the solutions of all exercises but the labs, without races; the second of two, once all is loaded. */
async function gradeOnce(way: Way): Promise<number> {
  const exercises = readCourse()
    .exercises.filter(({ time }) => time === undefined)
    .slice(0, 20);
  const plan = makePlan({ exercises, device: await chooseDevice(), seed: 'bench', races: false, strangers: ways[way].strangers });
  const grader = new Grader();
  await grader.grade(join(kitRoot, 'solutions'), { ...plan, exercises: exercises.slice(0, 1) });
  const start = performance.now();
  const { points } = await grader.grade(join(kitRoot, 'solutions'), plan);
  const durationMs = performance.now() - start;
  await grader.close();
  if (points.earned !== points.measured) throw new Error(`the solutions earn ${points.earned} of ${points.measured} points`);
  return durationMs;
}

async function inOwnProcess(way: Way): Promise<number> {
  const words = ['--import', './src/typescript.js', import.meta.filename, '--way', way];
  const { level } = ways[way];
  const env = level === undefined ? process.env : { ...process.env, UNROLL_ISOLATION: level };
  return Number((await run(process.execPath, words, { cwd: kitRoot, env })).stdout);
}

async function measure(): Promise<void> {
  const names = Object.keys(ways) as Way[];
  const samples: Record<string, number[]> = Object.fromEntries(names.map((way) => [way, []]));
  for (let turn = 0; turn < turns; turn++)
    for (const way of turn % 2 === 0 ? names : names.toReversed()) samples[way]?.push(await inOwnProcess(way));
  const [walled] = names as [Way];
  for (const way of names) {
    const own = samples[way] as number[];
    const ratios = own.map((ms, turn) => (samples[walled]?.[turn] ?? NaN) / ms);
    const range = `${(Math.min(...own) / 1000).toFixed(1)} to ${(Math.max(...own) / 1000).toFixed(1)}`;
    console.log(
      `${(median(own) / 1000).toFixed(1)} s (${range}); behind the wall takes ${median(ratios).toFixed(3)} times as long (median of ${turns} pairs): ${way}`,
    );
  }
}

if (process.argv[2] === '--way') console.log(await gradeOnce(process.argv[3] as Way));
else await measure();
