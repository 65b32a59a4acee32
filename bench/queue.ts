import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { readCourse } from '../src/course/course.ts';
import { isLab } from '../src/course/exercise.ts';
import { kitRoot } from '../src/course/places.ts';
import { serverKinds, startServer } from '../test/support/servers.ts';
import { writeSyntheticClass } from '../test/support/synthetic-class.ts';

// `npm run bench:queue -- STUDENTS EXERCISES WORKERS`: a synthetic class graded without a queue, one judge at a time, and then by one, two, ... workers
// on Redis and on PostgreSQL, each with one judge. No labs, no races: what a question costs beyond its checks.

const [students = '12', most = '6', workers = '1,2,4'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'unroll-bench-queue-'));
const program = join(kitRoot, 'src/cli/unroll.js');
const exercises = readCourse()
  .exercises.filter((exercise) => !isLab(exercise))
  .slice(0, Number(most));
writeSyntheticClass(join(folder, 'class'), exercises, Number(students), 'bench');
console.log(`${students} students, ${exercises.length} exercises, ${availableParallelism()} cores`);

let runs = 0;
/** Seconds of grading the class. */
async function grade(...more: string[]): Promise<number> {
  const only = exercises.map(({ id }) => id).join(',');
  const words = ['cohort', 'grade', join(folder, 'class'), '--trust-submissions', '--no-races', '--only', only];
  const out = join(folder, `out${runs++}`);
  const begun = performance.now();
  await promisify(execFile)(process.execPath, [program, ...words, '--device', 'wasm', '--seed', 'bench', '--out', out, ...more], {
    maxBuffer: 2 ** 28 /* bytes */,
  }).catch((error: { code?: unknown }) => {
    if (error.code !== 1) throw error; // 1: somebody has handed in nothing, as in any class
  });
  return (performance.now() - begun) / 1000;
}

const alone = await grade('--jobs', '1');
console.log(`without a queue, one judge: ${alone.toFixed(0)} s`);
for (const kind of serverKinds)
  for (const count of workers.split(',').map(Number)) {
    const server = await startServer(kind);
    const words = ['worker', '--queue', server.url, '--device', 'wasm', '--jobs', '1', '--trust-submissions'];
    const started = Array.from({ length: count }, () =>
      spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'ignore', 'pipe'] }),
    );
    await Promise.all(started.map(({ stderr }) => once(stderr, 'data'))); // it says that it is there
    const seconds = await grade('--queue', server.url);
    console.log(`${kind}, ${count} workers: ${seconds.toFixed(0)} s, ${(alone / seconds).toFixed(2)} times as fast as without`);
    for (const worker of started) {
      const ended = once(worker, 'exit');
      worker.kill('SIGINT');
      await ended;
    }
    await server.remove();
  }
rmSync(folder, { recursive: true });
