import { causes, type Cause } from '../result/causes.ts';
import { deviceKinds, deviceNames, type DeviceReport } from '../result/device.ts';
import { longestMessage } from '../result/lengths.ts';
import type { Message } from './frame.ts';
import { SubjectFailure, type KernelProfile, type KernelTrace, type Replayed } from './subject.ts';
import { HostTensor, type Tree } from './tensor.ts';

/** The grader's reading of an answer: `{ ok, value }`, or a failure with a cause that exists. Anything else is a forged or broken frame. */
export function readReply(message: Message): Message {
  if (!isNamed(message)) throw new SubjectFailure('bad-answer', 'the box answered with something that is no reply');
  if (message['ok'] === 1 && message['value'] !== undefined) return message['value'];
  const cause = causes.find((name): name is Cause => name === message['cause']);
  const text = message['message'];
  if (cause === undefined || typeof text !== 'string')
    throw new SubjectFailure('bad-answer', 'the box answered with something that is no reply');
  throw new SubjectFailure(cause, text.slice(0, longestMessage)); // here once, whatever becomes of it: the driver's own cut stands beside the learner's code
}

/** A kernel trace, which is carried from one box to another; its text is looked into there. */
export function readTrace(message: Message): KernelTrace {
  const { text, constants } = isNamed(message) ? message : {};
  if (typeof text !== 'string' || !Array.isArray(constants) || !constants.every((constant) => constant instanceof HostTensor))
    throw new SubjectFailure('bad-answer', 'the box answered with something that is no kernel trace');
  return { text, constants };
}

/** True where no text hides in a message: then it is a tree of tensors and numbers. */
export function isTree(message: Message): message is Tree {
  if (typeof message === 'string') return false;
  if (typeof message === 'number' || message instanceof HostTensor) return true;
  return Object.values(message).every((part) => isTree(part));
}

export function isNamed(message: Message): message is { readonly [name: string]: Message } {
  return typeof message === 'object' && !Array.isArray(message) && !(message instanceof HostTensor);
}

/** What the box answered, in the form that was asked for. Each throws `SubjectFailure` where it has another. */

export function asTree(answer: Message): Tree {
  if (!isTree(answer)) throw notAnswered();
  return answer;
}

export function asTensor(answer: Message | undefined): HostTensor {
  if (!(answer instanceof HostTensor)) throw notAnswered();
  return answer;
}

/** A whole number that is not negative. */
export function asCount(answer: Message | undefined): number {
  if (typeof answer !== 'number' || !Number.isSafeInteger(answer) || answer < 0) throw notAnswered();
  return answer;
}

export function asProfile(answer: Message): KernelProfile {
  if (!isNamed(answer)) throw notAnswered();
  return { ...asUse(answer), hostReads: asCount(answer['hostReads']) };
}

export function asReplayed(answer: Message): Replayed {
  if (!isNamed(answer) || answer['answer'] === undefined) throw notAnswered();
  return { ...asUse(answer), answer: asTree(answer['answer']), left: asCount(answer['left']) };
}

function asUse({ kernels, kernelCount, peakBytes }: { readonly [name: string]: Message }): Omit<KernelProfile, 'hostReads'> {
  if (kernels === undefined || !isNamed(kernels)) throw notAnswered();
  const counts = Object.fromEntries(Object.entries(kernels).map(([name, count]) => [name, asCount(count)]));
  return { kernels: counts, kernelCount: asCount(kernelCount), peakBytes: asCount(peakBytes) };
}

export const notAnswered = () => new SubjectFailure('bad-answer', 'the answer has not the form that was asked for');

/** The device that a box opened, in its own words, which are cut. */
export function readReport(report: Message): DeviceReport {
  if (!isNamed(report)) throw notAnswered();
  const { version, reason } = report;
  const [name, kind] = [deviceNames.find((one) => one === report['name']), deviceKinds.find((one) => one === report['kind'])];
  if (name === undefined || kind === undefined || typeof version !== 'string' || typeof reason !== 'string') throw notAnswered();
  return { name, kind, usable: true, version: version.slice(0, longestMessage) || null, reason: reason.slice(0, longestMessage) };
}
