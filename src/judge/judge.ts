import workerpool from 'workerpool';

import type { RunPlan, Variant } from '../run/plan.ts';
import { CheckRunner, type CheckRun } from '../run/run-checks.ts';
import type { Told } from './pool.ts';

// A process with a CheckRunner of its own. Learners' code runs in boxes below it; it only asks and compares.

const tell = (told: Told) => workerpool.workerEmit(told);
let runner: Promise<CheckRunner> | undefined;

workerpool.worker({
  async run(plan: RunPlan, variants: readonly Variant[]): Promise<CheckRun> {
    runner ??= CheckRunner.start();
    const opened = await runner;
    return opened.run(plan, variants, { onRecord: (record) => tell({ record }), onProgress: (progress) => tell({ progress }) });
  },
});
process.on('SIGINT', () => undefined); // Ctrl-C reaches every process of a terminal; the grader decides what ends
