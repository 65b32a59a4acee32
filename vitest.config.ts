import { defineConfig } from 'vitest/config';

const testTimeout = 60_000; // ms: a box starts in one second, ten are started on a busy machine

/** The course's tests belong to learners and fail until the work is done: they run only where the command line names exercises. */
const learning = process.argv.some((word) => /^course$|^--project=course$|(^|[\\/])exercises([\\/]|$)/.test(word));

// The kit's own tests (npm test), and the course, where `npx vitest exercises/02-elman-sequence` runs a learner's file.
export default defineConfig({
  test: {
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/**/*.test.ts'] },
    reporters: learning ? ['./src/run/short-reporter.ts'] : ['default', './test/support/report.ts'],
    // A learner's file is loaded by path, so the watcher is told which test to run again when it is saved.
    watchTriggerPatterns: [
      {
        pattern: /exercises[\\/](\d\d-([^\\/]+))[\\/][^\\/]+\.ts$/,
        testsToRun: (_file, [, folder, name]) => `./exercises/${folder}/${name}.test.ts`,
      },
    ],
    projects: [
      { test: { name: 'rooms', include: ['src/**/*.test.ts'], testTimeout } },
      { test: { name: 'whole', include: ['test/{whole,fuzz}/*.test.ts'], testTimeout, maxWorkers: '100%', sequence: { groupOrder: 1 } } },
      // What races has the machine alone.
      { test: { name: 'raced', include: ['test/raced/*.test.ts'], testTimeout, fileParallelism: false, sequence: { groupOrder: 2 } } },
      ...(learning ? [{ test: { name: 'course', include: ['exercises/*/*.test.ts'], isolate: false, fileParallelism: false } }] : []),
    ],
  },
});
