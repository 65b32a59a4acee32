import { SubjectFailure, type GradientQuestion, type PassInput } from './subject.ts';
import { causes, type Cause } from '../causes.ts';
import type { Driver } from './driver.ts';
import { reachableBytes } from './garbage.ts';
import type { Recording } from './recording.ts';
import { HostTensor, type Tree } from './value.ts';
import type { Message } from './wire.ts';

/** What the judge may ask of the box, one at a time; `id` is fresh for each and comes back with the answer. */
export type Request =
  | { readonly verb: 'enter'; readonly module: string; readonly code: string }
  | { readonly verb: 'call' | 'profile' | 'record'; readonly module: string; readonly pass: string; readonly input: PassInput }
  | {
      readonly verb: 'gradients';
      readonly module: string;
      readonly pass: string;
      readonly input: PassInput;
      readonly question: GradientQuestion;
    }
  | { readonly verb: 'leaks'; readonly module: string; readonly pass: string; readonly input: PassInput; readonly calls: number }
  | { readonly verb: 'adopt'; readonly module: string; readonly pass: string; readonly recording: Recording }
  | { readonly verb: 'stage'; readonly input: PassInput }
  | { readonly verb: 'runStaged'; readonly module: string; readonly pass: string }
  | { readonly verb: 'reachableBytes' };

/** Puts one request to the driver: the box's half of the conversation. `enter` is the box's own business and not served here. */
export async function serve(driver: Driver, request: Exclude<Request, { verb: 'enter' }>): Promise<Message> {
  switch (request.verb) {
    case 'call':
      return driver.call(request.module, request.pass, request.input);
    case 'runStaged':
      return driver.runStaged(request.module, request.pass);
    case 'stage':
      return driver.stage(request.input).then(() => 0);
    case 'record':
      return { ...(await driver.record(request.module, request.pass, request.input)) };
    case 'adopt':
      driver.adopt(request.module, request.pass, request.recording);
      return 0;
    case 'reachableBytes':
      return reachableBytes();
    case 'gradients':
      return driver.gradients(request.module, request.pass, request.input, request.question);
    case 'leaks':
      return driver.leaks(request.module, request.pass, request.input, request.calls);
    case 'profile':
      return { ...(await driver.profile(request.module, request.pass, request.input)) };
  }
}

/** The judge's reading of an answer: `{ ok, value }`, or a failure with a cause that exists. Anything else is a forged or broken frame. */
export function readReply(message: Message): Message {
  if (!isNamed(message)) throw new SubjectFailure('bad-answer', 'the box answered with something that is no reply');
  if (message['ok'] === 1 && message['value'] !== undefined) return message['value'];
  const cause = causes.find((name): name is Cause => name === message['cause']);
  const text = message['message'];
  if (cause === undefined || typeof text !== 'string')
    throw new SubjectFailure('bad-answer', 'the box answered with something that is no reply');
  throw new SubjectFailure(cause, text);
}

/** A recording, which is carried from one box to another and never looked into. */
export function readRecording(message: Message): Recording {
  const { text, constants } = isNamed(message) ? message : {};
  if (typeof text !== 'string' || !Array.isArray(constants) || !constants.every((constant) => constant instanceof HostTensor))
    throw new SubjectFailure('bad-answer', 'the box answered with something that is no recording');
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
