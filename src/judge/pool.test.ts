import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';

import { afterEach, expect, test } from 'vitest';

import { processTree } from '../box/processes.ts';
import { readCourse } from '../course/course.ts';
import type { DeviceReport } from '../result/device.ts';
import { readSolution } from '../run/exercise-module.ts';
import { makePlan } from '../run/plan.ts';
import { JudgePool, JudgesGone } from './pool.ts';

const device: DeviceReport = { name: 'cpu', usable: true, kind: 'cpu', version: '1', reason: 'a test' };
const [exercise] = readCourse().exercises as [ReturnType<typeof readCourse>['exercises'][0]];
const plan = makePlan({ exercises: [exercise], device, seed: 's', races: false, strangers: false });
const variants = [{ id: 'submission', modules: { [exercise.id]: readSolution(exercise) } }];
const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
let pool: JudgePool;
afterEach(() => pool.close());

const judges = () => processTree(process.pid).filter((pid) => commandOf(pid).includes('/judge/judge.ts'));
const commandOf = (pid: number) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended
  }
};
/** Kills the judge at its first record, so many times. */
function killing(times: number): { onRecord: () => void; killed: () => number } {
  let left = times;
  const killed: number[] = [];
  return {
    killed: () => killed.length,
    onRecord: () => {
      const [judge] = judges();
      if (left === 0 || judge === undefined || killed.includes(judge)) return;
      left--;
      killed.push(judge);
      process.kill(judge, 'SIGKILL');
    },
  };
}

test('a task is run in a process of its own, and told of as it goes on', async () => {
  pool = new JudgePool(1, silent);
  const heard: string[] = [];
  const { records, errors } = await pool.run(plan, variants, { onRecord: ({ check }) => heard.push(check) });
  expect([records.map(({ check }) => check), errors]).toEqual([heard, []]);
  expect(heard.toSorted()).toEqual(Object.keys(exercise.checks).toSorted());
  expect(records.every(({ evidence }) => evidence.outcome.status === 'pass')).toBe(true);
});

test.runIf(process.platform === 'linux')('a judge that dies costs a second try and nothing else', async () => {
  pool = new JudgePool(1, silent);
  const { killed, ...watch } = killing(1);
  const { records } = await pool.run(plan, variants, watch);
  expect([killed(), records.length]).toEqual([1, Object.keys(exercise.checks).length]);
});

test.runIf(process.platform === 'linux')('the second death is told', async () => {
  pool = new JudgePool(1, silent);
  const { killed, ...watch } = killing(2);
  await expect(pool.run(plan, variants, watch)).rejects.toThrow(/terminated/i);
  expect(killed()).toBe(2);
});

test('who waits when the judges are sent home is told so', async () => {
  pool = new JudgePool(1, silent);
  const running = pool.run(plan, variants, { onRecord: () => void pool.close() });
  await expect(running).rejects.toBeInstanceOf(JudgesGone);
  await expect.poll(judges).toEqual([]);
  await expect(pool.run(plan, variants)).rejects.toBeInstanceOf(JudgesGone);
});
