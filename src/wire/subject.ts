import type { DeviceReport } from '../result/device.ts';
import type { Cause } from '../result/causes.ts';
import type { HostTensor, Tree } from './tensor.ts';

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

/** The kernels that one run of a pass asked for and the ends of its tensors, so that they can be replayed where the learner's code is not. */
export interface KernelTrace {
  /** Inputs, steps and answer by number, as JSON; the kit reads it as a stranger's text, in the replay alone. */
  readonly text: string;
  /** The numbers of all tensors that the run used and no kernel made, one row for each type. */
  readonly constants: readonly HostTensor[];
}

/** What a trace did when it was replayed. */
export interface Replayed extends Omit<KernelProfile, 'hostReads'> {
  readonly answer: Tree;
  /** Tensors that were made and neither ended nor answered with. */
  readonly left: number;
}

/** Replays traces where no learner's code is; in learning, in the same process. */
export interface Replayer {
  /** True until something was replayed in this process: what comes out then can be the fault of no earlier trace. */
  readonly isFresh: boolean;
  replay(trace: KernelTrace, input: PassInput): Promise<Replayed>;
  /** Lets go of the process; the next replay has a fresh one. */
  retire(): Promise<void>;
}

/**
 * The learner's functions behind one interface. A test asks the subject and never imports the functions, so the same test runs in the
 * learner's own process (learning) and against a box (grading). Every method throws `SubjectFailure` where the learner's code is at fault.
 */
export interface Subject {
  readonly device: DeviceReport;
  /** Runs a pass once on tensors made from `input` and reads its whole answer. */
  call(pass: string, input: PassInput): Promise<Tree>;
  /** Vector-Jacobian products through the learner's graph, one for each name in `by`. */
  gradients(pass: string, input: PassInput, question: GradientQuestion): Promise<Readonly<Record<string, HostTensor>>>;
  /** Kernels and memory of one run. */
  profile(pass: string, input: PassInput): Promise<KernelProfile>;
  /** Tensors left behind by `calls` runs, beyond the answers. */
  leaks(pass: string, input: PassInput, calls: number): Promise<number>;
  /** The kernels of one run and the ends of its tensors, to be replayed elsewhere. */
  traceKernels(pass: string, input: PassInput): Promise<KernelTrace>;
  /** Memory of the process that holds the learner's code, once garbage is collected. */
  memory(): Promise<MemoryUse>;
  /** Puts an input on the device and waits until it is there: the half of a timed call that should be the same for every pass. Milliseconds of the grader's clock. */
  stage(input: PassInput): Promise<number>;
  /** Runs a pass on the staged input and reads the whole answer: the timed half. Milliseconds of the grader's clock. */
  runStaged(pass: string): Promise<{ readonly answer: Tree; readonly durationMs: number }>;
}

/** A subject in a process of its own, which can be raced: given a trace, paused, and put on a processor. */
export interface RacingSubject extends Subject {
  /** Takes a kernel trace as one pass more. */
  install(pass: string, trace: KernelTrace): Promise<void>;
  /** Stops the process that holds the learner's code, and whatever it left running, until it is resumed. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Puts the process that holds the learner's code on the processor whose turn it is, from where the system may move it. */
  pinToProcessor(turn: number): Promise<void>;
}

/** True where a subject has a process of its own. */
export function canRace(subject: Subject): subject is RacingSubject {
  return 'pinToProcessor' in subject;
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
