import { execFile, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { readCourse } from '../src/course/course.ts';
import { kitRoot } from '../src/course/places.ts';
import { deviceNames, type DeviceName } from '../src/result/device.ts';
import { openDevice } from '../src/device/open.ts';
import { chooseDevice } from '../src/device/probe.ts';
import { Grader } from '../src/grade/grade.ts';
import { median } from '../src/result/statistics.ts';
import { compileSession } from '../src/run/compile-session.ts';
import { makePlan } from '../src/run/plan.ts';
import { Box } from '../src/box/box.ts';
import { processorMs } from '../test/support/processor-time.ts';

// `npm run bench`: what the kit itself costs, as medians. `--part NAME` runs one measurement, as each repetition that needs a process of its own does.

const repeats = 5; // odd, so that the median is one of the runs
const run = promisify(execFile);
const entryPoint = join(kitRoot, 'src/cli/unroll.js');

interface Row {
  readonly what: string;
  readonly samples: readonly number[];
}

/** Milliseconds until a command's first byte of output. */
function firstOutput(command: string, words: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(command, words, { cwd: kitRoot, stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', () => resolve(performance.now() - start));
  });
}

/** Milliseconds of a whole command. */
async function wholeRun(command: string, words: readonly string[]): Promise<number> {
  const start = performance.now();
  await run(command, words, { cwd: kitRoot });
  return performance.now() - start;
}

/** Milliseconds from nothing to the first numbers off a device, its import included. Runs in a process of its own. */
async function startDevice(name: DeviceName): Promise<number> {
  const start = performance.now();
  const device = await openDevice(name);
  await device.tf.matMul(device.tf.ones([2, 2]), device.tf.ones([2, 2])).data();
  const durationMs = performance.now() - start;
  await device.close();
  return durationMs;
}

async function startBox(): Promise<number> {
  const plan = makePlan({ exercises: [], device: await chooseDevice(), seed: 'bench', races: false });
  const { box: config } = (await compileSession(plan, [])).compiled;
  const start = performance.now();
  const { box } = await Box.start(config);
  const durationMs = performance.now() - start;
  await box.close();
  return durationMs;
}

/** Processor milliseconds of this process and of its compiler for learners' files: all that is not a box. */
function graderMs(): number {
  const own = process.cpuUsage();
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' }).split('\n');
  const compilers = children.filter((line) => line.includes('esbuild')).map((line) => Number.parseInt(line, 10));
  return (own.user + own.system) / 1000 + processorMs(compilers);
}

/** The grader's own processor time: for a first submission with everything that is started for it, and for each one more. */
async function gradeTwice(): Promise<{ first: number; another: number }> {
  const course = readCourse();
  const exercises = course.exercises.filter(({ time }) => time === undefined); // a training is the learner's time, not the grader's
  const plan = makePlan({ exercises, device: await chooseDevice(), seed: 'bench', races: false });
  const grader = new Grader();
  await grader.grade(join(kitRoot, 'solutions'), plan);
  const first = graderMs();
  await grader.grade(join(kitRoot, 'solutions'), plan);
  const another = graderMs() - first;
  await grader.close();
  return { first, another };
}

const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  ...Object.fromEntries(deviceNames.map((name) => [`device-${name}`, () => startDevice(name)])),
  box: startBox,
  grade: gradeTwice,
};

async function inOwnProcess(part: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--import', './src/typescript.js', import.meta.filename, '--part', part], {
    cwd: kitRoot,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as unknown;
}

async function repeat<T>(once: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let turn = 0; turn < repeats; turn++) results.push(await once());
  return results;
}

async function measure(): Promise<Row[]> {
  const rows: Row[] = [
    { what: 'npx unroll to its first output', samples: await repeat(() => firstOutput('npx', ['unroll', '--help'])) },
    { what: 'the same without npx', samples: await repeat(() => firstOutput(process.execPath, [entryPoint, '--help'])) },
  ];
  rows.push({
    what: 'unroll setup, a second run, without npx',
    samples: await repeat(() => wholeRun(process.execPath, [entryPoint, 'setup'])),
  });
  for (const name of deviceNames)
    rows.push({ what: `device start, ${name}`, samples: (await repeat(() => inOwnProcess(`device-${name}`))) as number[] });
  rows.push({ what: 'box start on the chosen device', samples: (await repeat(() => inOwnProcess('box'))) as number[] });
  const grades = (await repeat(() => inOwnProcess('grade'))) as { first: number; another: number }[];
  rows.push({ what: "grader's own processor time, first submission", samples: grades.map(({ first }) => first) });
  rows.push({ what: "grader's own processor time, each one more", samples: grades.map(({ another }) => another) });
  return rows;
}

const part = process.argv[process.argv.indexOf('--part') + 1] ?? '';
if (process.argv.includes('--part')) {
  console.log(JSON.stringify(await parts[part]?.()));
} else {
  const { version } = JSON.parse(readFileSync(join(kitRoot, 'package.json'), 'utf8')) as { version: string };
  console.log(`Unroll ${version}, Node ${process.version}, medians of ${repeats} runs, milliseconds`);
  for (const { what, samples } of await measure()) {
    const middle = median(samples).toFixed(0).padStart(6);
    console.log(`${what.padEnd(50)} ${middle}   (${Math.min(...samples).toFixed(0)} to ${Math.max(...samples).toFixed(0)})`);
  }
}
