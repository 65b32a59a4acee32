import { styleText, stripVTControlCharacters } from 'node:util';

import { DefaultReporter } from 'vitest/node';

import { wrapText } from '../terminal/columns.ts';
import { recordOf } from './check-record.ts';
import { groupByReason, type FailedCheck } from './failure-groups.ts';

type Files = Parameters<DefaultReporter['reportSummary']>[0];
type Task = Files[number]['tasks'][number];

const columns = 100;

/** What vitest says of a learner's own run: each reason once, in words, instead of the same text for every check between rules. */
export default class ShortReporter extends DefaultReporter {
  override reportSummary(files: Files, errors: unknown[]): void {
    const tests = files.flatMap((file) => file.tasks.flatMap(testsBelow));
    const failed = tests.filter((test) => test.result?.state === 'fail');
    const failures = failed.flatMap(failureOf);
    const isCutShort = errors.length > 0 && errors.every(isEndOfProcess);
    const isTold =
      (errors.length === 0 || isCutShort) &&
      failures.length === failed.length &&
      files.every((file) => isCutShort || (file.result?.errors ?? []).length === 0);
    if (!isTold) return super.reportSummary(files, errors); // something that is no check went wrong: nothing of it may be left out
    const titles = new Map(failed.map((test) => [idOf(test), test.name]));
    const groups = groupByReason(failures).map((group) => drawGroup(group, titles));
    const end = isCutShort ? ['The process of the tests has ended before they had: for the loop named above, or for want of memory.'] : [];
    this.log([...groups, ...end].join('\n\n'));
    this.reportTestSummary(files, [], 0);
  }
}

/** The watchdog over a learner's passes ends the process, and so may the machine where memory runs out. */
const isEndOfProcess = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof Error && error.cause.message === 'Worker exited unexpectedly';

const testsBelow = (task: Task): Task[] => (task.type === 'suite' ? task.tasks.flatMap(testsBelow) : [task]);

const idOf = (test: Task): string => recordOf(test.meta)?.check ?? test.name;

function failureOf(test: Task): FailedCheck[] {
  const outcome = recordOf(test.meta)?.evidence.outcome;
  return outcome?.status === 'fail' ? [{ check: idOf(test), outcome }] : [];
}

function drawGroup(group: readonly FailedCheck[], titles: ReadonlyMap<string, string>): string {
  const [{ check, outcome }, ...alike] = group as [FailedCheck, ...FailedCheck[]];
  const { found, advice } = outcome.detail ?? { found: outcome.message, advice: undefined };
  const text = [found, advice ?? ''].filter((part) => part !== '').map((part) => stripVTControlCharacters(part));
  return [
    styleText('red', `✗ ${titles.get(check) ?? check}`),
    ...text.flatMap((part) => part.split('\n').flatMap((line) => wrapText(line, columns - 2).map((wrapped) => `  ${wrapped}`))),
    ...(alike.length === 0 ? [] : [`  and for the same reason: ${alike.map((each) => each.check).join(', ')}`]),
  ].join('\n');
}
