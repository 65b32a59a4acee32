import { readFileSync } from 'node:fs';

import { Command, Option } from 'commander';

import { describeIsolation } from '../box/isolation.ts';
import { chooseDevice } from '../device/probe.ts';
import { messageOf, UserError } from '../errors.ts';
import { usualJudges } from '../judge/pool.ts';
import { QueueWorker } from '../queue/worker.ts';
import { drawText } from '../report/terminal/parts.ts';
import { deviceNames, type DeviceName } from '../result/device.ts';
import { Envelope } from '../seal/envelope.ts';
import { ProgressLine } from '../terminal/progress.ts';
import { exiting } from './exit.ts';
import { readCount } from './grading.ts';
import { complain, openInertOutput } from './print.ts';
import { queueOption, takeQueue } from './queue.ts';
import { requireWall } from './require-wall.ts';

interface WorkerOptions {
  readonly queue?: string;
  readonly device?: DeviceName;
  readonly jobs?: number;
  readonly key?: string;
  readonly trustSubmissions?: true;
}

export const worker = new Command('worker')
  .description('Answer for graders on other machines until it is ended: `npx unroll cohort grade DIR --queue URL` asks.')
  .addOption(queueOption())
  .addOption(new Option('--device <name>', 'the device to grade on').choices(deviceNames))
  .option('--jobs <count>', 'how many checks may run at once; as many as processors and memory allow where nothing is said', readCount)
  .option('--key <file>', 'the file of the worker key, which `npx unroll cohort worker-key` prints, where the cohort has a secret')
  .option('--trust-submissions', 'work without a wall too: only what you would run yourself')
  .action(
    exiting(async (options: WorkerOptions) => {
      const { queue: url, jobs: atOnce = usualJudges(), key } = options;
      if (url === undefined) throw new UserError('name the queue with `--queue URL`, the same as the grader’s');
      takeQueue({ queue: url });
      const envelope = key === undefined ? undefined : readWorkerKey(key);
      const [device, isolation] = [await chooseDevice(options.device), await describeIsolation()];
      requireWall(isolation, options);
      const shown = new ProgressLine();
      let count = 0;
      const onAnswer = (exercise: string) => shown.show(drawText(`${++count} answered, ${exercise} the last`));
      const output = openInertOutput();
      const working = await QueueWorker.start({ url, device, level: isolation.level, envelope, atOnce, output, onAnswer, tell: complain });
      complain(`${working.describes}; Ctrl-C ends it`);
      await new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
      });
      complain(`Ending after ${count} answers; what is not done goes to other workers.`);
      await working.end();
      return 0;
    }),
  );

function readWorkerKey(path: string): Envelope {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${messageOf(error)}`);
  }
  return Envelope.parse(text, path);
}
