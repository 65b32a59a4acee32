import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { readCourse } from '../src/course/course.ts';
import { isLab } from '../src/course/exercise.ts';
import { kitRoot } from '../src/course/places.ts';
import { chooseDevice } from '../src/device/probe.ts';
import { Grader } from '../src/grade/grade.ts';
import { NothingToGrade } from '../src/intake/nothing-to-grade.ts';
import { makePlan } from '../src/run/plan.ts';
import { readCohort } from '../src/cohort/students.ts';
import { writeSyntheticClass } from '../test/support/synthetic-class.ts';

// `npm run bench:cohort -- STUDENTS SAMPLE`: a synthetic class graded by `cohort grade` (without races), and a sample of it graded one student
// after the other with nothing kept, as a ratio side by side.

const [students = 40, sampled = 8] = process.argv.slice(2).map(Number);
const seed = 'bench';
const folder = mkdtempSync(join(tmpdir(), 'unroll-bench-'));
const run = promisify(execFile);

const { exercises } = readCourse();
const ways = writeSyntheticClass(join(folder, 'class'), exercises, students, seed);
console.log(
  `${students} students, ${exercises.length} exercises (${exercises.filter(isLab).length} labs), ${availableParallelism()} cores: ${JSON.stringify(ways)}`,
);

const words = ['cohort', 'grade', join(folder, 'class'), '--no-races', '--seed', seed, '--out', join(folder, 'out'), '--json'];
const begun = performance.now();
await run(process.execPath, [join(kitRoot, 'src/cli/unroll.js'), ...words], { maxBuffer: 2 ** 30 /* bytes */ }).catch(
  (error: { code?: unknown }) => {
    if (error.code !== 1) throw error; // 1: somebody has handed in nothing, as in any class
  },
);
const wholeS = (performance.now() - begun) / 1000;
console.log(
  `the class: ${wholeS.toFixed(0)} s, ${(wholeS / students).toFixed(1)} s a student, ${((3600 * students) / wholeS).toFixed(0)} students an hour`,
);

const plan = makePlan({ exercises, device: await chooseDevice(), seed, races: false });
const grader = new Grader();
const { students: all } = readCohort(join(folder, 'class'));
const sample = all.filter((_student, at) => at % Math.ceil(all.length / sampled) === 0);
const start = performance.now();
for (const student of sample)
  await grader.grade(student.folder, plan).catch((error: unknown) => {
    if (!(error instanceof NothingToGrade)) throw error;
  });
const oneS = (performance.now() - start) / 1000 / sample.length;
await grader.close();
console.log(
  `one after the other, nothing kept: ${oneS.toFixed(1)} s a student (${sample.length} of them), ${((oneS * students) / wholeS).toFixed(1)} times as long`,
);
rmSync(folder, { recursive: true });
