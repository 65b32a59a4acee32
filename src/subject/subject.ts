import type { DeviceReport } from '../device/device.ts';
import type { Cause } from '../causes.ts';
import type { Recording } from './recording.ts';
import type { HostTensor, Tree } from './value.ts';

/** The input of a pass: named tensors and numbers, in one object. */
export interface PassInput {
  readonly [name: string]: Tree;
}

/** What one run of a pass asked of the device. */
export interface KernelProfile {
  /** Kernels dispatched, by name. */
  readonly kernels: Readonly<Record<string, number>>;
  readonly kernelCount: number;
  /** Most bytes of tensors alive at once during the run, inputs included. */
  readonly peakBytes: number;
  /** Times the pass read a tensor back to the host. */
  readonly hostReads: number;
}

/** Which scalar to differentiate: the sum of the output named `of` times a fixed cotangent of its shape. */
export interface GradientQuestion {
  /** Name of the output; `''` where the pass answers with one tensor. */
  readonly of: string;
  readonly cotangent: HostTensor;
  /** Names of the inputs to differentiate by. */
  readonly by: readonly string[];
}

/**
 * The learner's functions behind one door. A test asks the subject and never imports it, so the same test runs in the learner's own
 * process (learning) and against a box (grading). Every method throws `SubjectFailure` where the learner's code is at fault.
 */
export interface Subject {
  readonly device: DeviceReport;
  /** Runs a pass once on tensors made from `input` and reads its whole answer. */
  call(pass: string, input: PassInput): Promise<Tree>;
  /** Vector-Jacobian products through the learner's graph, one for each name in `by`. */
  gradients(pass: string, input: PassInput, question: GradientQuestion): Promise<Readonly<Record<string, HostTensor>>>;
  /** Kernels and memory of one run. */
  profile(pass: string, input: PassInput): Promise<KernelProfile>;
  /** The kernels of one run, to be run again elsewhere. */
  record(pass: string, input: PassInput): Promise<Recording>;
  /** Takes a recording as one pass more. */
  adopt(pass: string, recording: Recording): Promise<void>;
  /** Tensors left behind by `calls` runs, beyond the answers. */
  leaks(pass: string, input: PassInput, calls: number): Promise<number>;
  /** Memory of the process that holds the learner's code, once garbage is collected. */
  memory(): Promise<MemoryUse>;
  /** Puts an input on the device and waits until it is there: the half of a timed call that should be the same for everybody. Milliseconds of the judge's clock. */
  stage(input: PassInput): Promise<number>;
  /** Stops the process that holds the learner's code, and whatever it left running, until it is resumed; nothing where there is no such process. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Puts the process that holds the learner's code on the processor whose turn it is, from where the system may move it; nothing where there is no such process. */
  settle(turn: number): Promise<void>;
  /** Runs a pass on the staged input and reads the whole answer: the timed half. Milliseconds of the judge's clock. */
  runStaged(pass: string): Promise<{ readonly answer: Tree; readonly durationMs: number }>;
}

/** Bytes. Resident memory also holds what was freed and not given back; what JavaScript reaches is the process's own word, and holds no tensors. */
export interface MemoryUse {
  /** 0 where the system does not tell. */
  readonly residentBytes: number;
  readonly reachableBytes: number;
}

/** The learner's code did not do what was asked; `message` is written for the learner. */
export class SubjectFailure extends Error {
  override readonly name = 'SubjectFailure';
  readonly failureCause: Cause;

  constructor(failureCause: Cause, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failureCause = failureCause;
  }
}

/** The question cannot be put to this kind of subject, such as kernel counts to a specification in plain loops. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}
