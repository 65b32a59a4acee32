import type { DeviceReport } from '../device/device.ts';
import { isNamed, isTree } from './request.ts';
import { SubjectFailure } from './subject.ts';
import { HostTensor, type Tree } from './value.ts';
import type { Message } from './wire.ts';

/** What the box answered, in the form that was asked for. Each throws `SubjectFailure` where it has another. */

export function asTree(answer: Message): Tree {
  if (!isTree(answer)) throw notAnswered();
  return answer;
}

export function asTensor(answer: Message | undefined): HostTensor {
  if (!(answer instanceof HostTensor)) throw notAnswered();
  return answer;
}

export function asCount(answer: Message | undefined): number {
  if (typeof answer !== 'number' || !Number.isFinite(answer)) throw notAnswered();
  return answer;
}

export const notAnswered = () => new SubjectFailure('bad-answer', 'the answer has not the form that was asked for');

export function readReport(report: Message): DeviceReport {
  if (!isNamed(report)) throw notAnswered();
  return { ...(report as unknown as DeviceReport), usable: true, version: (report['version'] as string) || null };
}
